package io.posthorn.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;

/**
 * One connection's presence, whatever it becomes: counted from its beginning until its channel closes, or until whoever took
 * its socket out of the channel says that it has ended. On the connection's loop.
 */
final class Visit implements ChannelFutureListener, Runnable {
    private static final Logger log = LoggerFactory.getLogger(Visit.class);

    private final HttpServer server;
    private final InetSocketAddress address;
    private @Nullable InetSocketAddress client;

    /** The visit of a connection that was let in. */
    Visit(HttpServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /** Where it comes from, as the socket says. */
    InetSocketAddress address() {
        return address;
    }

    /** It has an exchange that lasts as long as itself: the client's, behind a proxy. */
    void keep(InetSocketAddress exchangeOf) {
        client = exchangeOf;
    }

    @Override
    public void operationComplete(ChannelFuture closed) {
        run();
    }

    /** It has ended. */
    @Override
    public void run() {
        log.debug("the connection of {} has ended", address);
        server.counters().closed.increment();
        server.gate().leave(address);
        if (client != null) {
            server.gate().endExchange(client);
        }
    }
}
