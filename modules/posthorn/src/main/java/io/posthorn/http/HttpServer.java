package io.posthorn.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.Loop;
import io.posthorn.loop.ReceiveBuffers;
import io.posthorn.loop.UserThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One port that speaks HTTP/1.1. It borrows its loops and threads, and is closed by whoever made it. Safe for all threads.
 */
public final class HttpServer {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1024;

    private final EventLoops loops;
    private final UserThreads threads;
    private final HttpOptions options;
    private final HttpHandler handler;
    private final ConnectionGate gate;
    private final HttpCounters counters = new HttpCounters();
    private final HandlerBoundary boundary;
    private final HttpConnections connections;
    private volatile boolean draining;
    private volatile @Nullable Channel listening;

    /**
     * A server.
     *
     * @param loops where its connections live
     * @param threads where handlers run that may block, and files are read
     * @param handler what answers all requests, usually a {@link Router}
     */
    public HttpServer(EventLoops loops, UserThreads threads, HttpOptions options, HttpHandler handler) {
        this.loops = loops;
        this.threads = threads;
        this.options = options;
        this.handler = handler;
        this.gate = new ConnectionGate(options);
        this.boundary = new HandlerBoundary(threads, counters);
        this.connections = new HttpConnections(loops.all());
    }

    /**
     * Begins to listen. Not to be called on a loop.
     *
     * @param address port 0 takes any that is free
     * @return the port
     * @throws IOException with one sentence that says what to change, where the address cannot be had
     * @throws IllegalStateException where the server listens already
     */
    public synchronized int bind(InetSocketAddress address) throws IOException {
        if (listening != null) {
            throw new IllegalStateException(draining ? "This server is closed" : "This server listens already");
        }
        ChannelFuture bound =
                bootstrap().bind(BindFailure.requireResolved(address)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw BindFailure.of(address, bound.cause());
        }
        listening = bound.channel();
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        log.debug("listening on port {} by {}", port, loops.kind());
        return port;
    }

    /** What was counted so far. */
    public HttpStats stats() {
        return counters.snapshot();
    }

    /** From now on each answer closes its connection, and {@link #isDraining} says so to whoever asks. */
    public void drain() {
        draining = true;
    }

    /** Whether the server is about to close. */
    public boolean isDraining() {
        return draining;
    }

    /** Gives the port back; the connections that are there go on. Not to be called on a loop. */
    public synchronized void stopListening() {
        Channel channel = listening;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
    }

    /**
     * Stops listening, closes idle connections, lets running exchanges finish, and closes what is left at the deadline.
     * Upgraded connections and streams are their owners' business. Not to be called on a loop.
     */
    public synchronized void close(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        drain();
        stopListening();
        connections.forEach(HttpConnection::drain);
        if (!connections.awaitNone(end)) {
            connections.forEach(HttpConnection::close);
        }
    }

    UserThreads threads() {
        return threads;
    }

    HttpOptions options() {
        return options;
    }

    HttpHandler handler() {
        return handler;
    }

    HttpCounters counters() {
        return counters;
    }

    HandlerBoundary boundary() {
        return boundary;
    }

    ConnectionGate gate() {
        return gate;
    }

    HttpConnections connections() {
        return connections;
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // Measured faster here than Netty's adaptive default.
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open(channel);
                    }
                });
    }

    /** Begins to serve a connection, on its loop. */
    void open(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress address)) {
            channel.close(); // gone before it was taken
            return;
        }
        counters.opened.increment();
        log.debug("{} opened", channel);
        Refusal refusal = gate.enter(address);
        Visit visit = new Visit(this, gate.shared(address));
        channel.closeFuture().addListener(visit);
        if (refusal != null && gate.isOverrun()) {
            counters.refused(refusal);
            channel.close();
            return;
        }
        Loop loop = loops.of(channel.eventLoop());
        channel.config().setRecvByteBufAllocator(new ReceiveBuffers(loop));
        StrictRequestDecoder decoder = new StrictRequestDecoder(options.limits());
        HttpConnection connection = new HttpConnection(this, visit, loop, decoder);
        ChannelPipeline pipeline = channel.pipeline();
        Tls tls = options.tls();
        if (tls != null) {
            pipeline.addLast(tls.context().newHandler(channel.alloc()));
        }
        pipeline.addLast(decoder, new HttpResponseEncoder(), connection);
        if (refusal != null) {
            connection.refuse(new HttpException(refusal, "too many connections"));
        }
    }
}
