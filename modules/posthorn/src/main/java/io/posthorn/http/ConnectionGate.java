package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections, and says which are too many: in total, and of one address. Safe for all threads.
 *
 * <p>Behind trusted proxies all connections come from those; there an address's share is its running exchanges and
 * upgraded connections instead. An IPv6 client owns a network of 64 bits at least, so that counts as one address.
 */
final class ConnectionGate {
    private final HttpLimits limits;
    private final boolean behindProxies;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<Object, Share> perAddress = new ConcurrentHashMap<>();

    /** How many there are of an address, or of its network, and the address as the first of them has brought it. */
    private record Share(InetAddress address, int count) {
        Share plus(int change) {
            return new Share(address, count + change);
        }
    }

    ConnectionGate(HttpOptions options) {
        this.limits = options.limits();
        this.behindProxies = options.forwarded().areTrusted();
    }

    /** Counts a new connection, until it leaves; the refusal where it is one too many. */
    @Nullable
    Refusal enter(InetSocketAddress address) {
        int connections = total.incrementAndGet();
        int ofAddress = behindProxies ? 0 : increment(address);
        if (connections > limits.maxConnections()) {
            return Refusal.TOO_MANY_CONNECTIONS;
        }
        return ofAddress > limits.maxConnectionsPerAddress() ? Refusal.TOO_MANY_CONNECTIONS_OF_ADDRESS : null;
    }

    /** A connection has ended, a refused one too. */
    void leave(InetSocketAddress address) {
        total.decrementAndGet();
        if (!behindProxies) {
            decrement(address);
        }
    }

    /**
     * Whether there are so many connections that not even a refusal can be afforded: a tenth over the limit, since those
     * that are being refused count too.
     */
    boolean isOverrun() {
        return total.get() > limits.maxConnections() + limits.maxConnections() / 10 + 16;
    }

    /**
     * Counts an exchange of a client behind a proxy.
     *
     * @throws HttpException where it is one too many
     */
    void beginExchange(InetSocketAddress client) {
        if (behindProxies && increment(client) > limits.maxConnectionsPerAddress()) {
            decrement(client);
            throw new HttpException(Refusal.TOO_MANY_CONNECTIONS_OF_ADDRESS, "too many connections of one address");
        }
    }

    void endExchange(InetSocketAddress client) {
        if (behindProxies) {
            decrement(client);
        }
    }

    /** The same address; connections that come from one, a proxy's say, share what it takes of memory. */
    InetSocketAddress shared(InetSocketAddress address) {
        Share share = perAddress.get(key(address));
        return share != null && share.address.equals(address.getAddress())
                ? new InetSocketAddress(share.address, address.getPort())
                : address;
    }

    private int increment(InetSocketAddress address) {
        return perAddress.merge(key(address), new Share(address.getAddress(), 1), (known, one) -> known.plus(1)).count;
    }

    private void decrement(InetSocketAddress address) {
        perAddress.computeIfPresent(key(address), (key, share) -> share.count == 1 ? null : share.plus(-1));
    }

    private static Object key(InetSocketAddress socketAddress) {
        InetAddress address = socketAddress.getAddress();
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }
}
