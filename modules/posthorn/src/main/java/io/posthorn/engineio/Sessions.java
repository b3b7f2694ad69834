package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;
import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions of one {@link EngineIo}, by id, and how many more there may be. Safe for all threads. */
final class Sessions {
    private final EngineLimits limits;
    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final Map<Object, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile boolean closing;

    Sessions(EngineLimits limits) {
        this.limits = limits;
    }

    @Nullable
    Session find(String id) {
        return byId.get(id);
    }

    int size() {
        return size.get();
    }

    boolean isClosing() {
        return closing;
    }

    /** Whether one more may come from where a request comes from. */
    boolean hasRoom(HttpRequest request) {
        return size.get() < limits.maxSessions()
                && byAddress.getOrDefault(client(request), 0) < limits.maxSessionsPerAddress();
    }

    boolean isInUse(String id) {
        return byId.containsKey(id);
    }

    /** Takes a session in; false where its id is in use. */
    boolean add(Session session) {
        if (byId.putIfAbsent(session.id(), session) != null) {
            return false;
        }
        size.incrementAndGet();
        byAddress.merge(client(session.request()), 1, Integer::sum);
        return true;
    }

    void remove(Session session) {
        if (!byId.remove(session.id(), session)) {
            return;
        }
        size.decrementAndGet();
        byAddress.computeIfPresent(client(session.request()), (address, count) -> count == 1 ? null : count - 1);
        if (closing) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Lets nobody in from now on. */
    void beginToClose() {
        closing = true;
    }

    /** Ends those that are there, and waits for it. */
    synchronized void close(Duration deadline) {
        byId.values()
                .forEach(session -> session.loop()
                        .mailbox()
                        .execute(() -> session.fail(SessionCloseReason.SERVER_SHUTTING_DOWN, "")));
        long end = System.nanoTime() + deadline.toNanos();
        try {
            long left = end - System.nanoTime();
            while (left > 0 && !byId.isEmpty()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = end - System.nanoTime();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** An address; of IPv6 the network, since its owner has all addresses in it. */
    private static Object client(HttpRequest request) {
        InetAddress address = request.remoteAddress().getAddress();
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }
}
