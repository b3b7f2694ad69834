package io.posthorn.http;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A server on a free port of the loopback, with one loop; its owner closes it. */
final class TestServer implements AutoCloseable {
    private final EventLoops loops;
    private final UserThreads threads = new UserThreads();
    private final HttpServer server;
    private final int port;

    private TestServer(IoKind kind, HttpOptions options, HttpHandler handler) {
        this.loops = new EventLoops(kind, 1);
        this.server = new HttpServer(loops, threads, options, handler);
        try {
            this.port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    static TestServer of(HttpHandler handler) {
        return of(HttpLimits.defaults(), handler);
    }

    static TestServer of(HttpLimits limits, HttpHandler handler) {
        return of(HttpOptions.defaults().withLimits(limits), handler);
    }

    static TestServer of(HttpOptions options, HttpHandler handler) {
        return on(IoKind.best(), options, handler);
    }

    static TestServer on(IoKind kind, HttpOptions options, HttpHandler handler) {
        return new TestServer(kind, options, handler);
    }

    /** The loop that its connections live on. */
    Loop loop() {
        return loops.all().get(0);
    }

    int port() {
        return port;
    }

    HttpServer http() {
        return server;
    }

    HttpStats stats() {
        return server.stats();
    }

    RawClient connect() {
        return new RawClient(port);
    }

    @Override
    public void close() {
        server.close(Duration.ofSeconds(2));
        threads.close();
        loops.close();
    }
}
