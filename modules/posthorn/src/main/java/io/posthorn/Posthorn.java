package io.posthorn;

import io.posthorn.engineio.EngineIo;
import io.posthorn.engineio.EngineOptions;
import io.posthorn.engineio.EngineSocket;
import io.posthorn.engineio.EngineSockets;
import io.posthorn.engineio.EngineStats;
import io.posthorn.engineio.SessionHandler;
import io.posthorn.feed.Feed;
import io.posthorn.feed.FeedOptions;
import io.posthorn.feed.FeedPattern;
import io.posthorn.feed.Feeds;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.HttpServer;
import io.posthorn.http.OriginPolicy;
import io.posthorn.http.Router;
import io.posthorn.http.StaticFiles;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.HandlerSites;
import io.posthorn.loop.UserThreads;
import io.posthorn.socketio.SocketIo;
import io.posthorn.socketio.SocketIoOptions;
import io.posthorn.socketio.SocketIoStats;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketOptions;
import io.posthorn.websocket.WebSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A server: routes, one port, event loops. Made by {@link #create}, given its routes, told to {@link #listen}, and
 * {@linkplain #close closed} by whoever made it. Safe for all threads.
 *
 * <pre>{@code
 * Posthorn posthorn = Posthorn.create();
 * posthorn.route("GET /hello/{name}", exchange ->
 *         exchange.respond(HttpResponse.text(200, "Hello, " + exchange.pathParameter("name").orElseThrow())));
 * posthorn.listen(8080);
 * }</pre>
 */
public final class Posthorn implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Posthorn.class);

    private final PosthornOptions options;
    private final EventLoops loops;
    private final Router router = new Router();
    private final HttpServer server;
    private final UserThreads threads = new UserThreads();
    private final WebSockets webSockets;
    private final Feeds feeds;
    private final HandlerSites sites;
    private final List<EngineIo> engines = new CopyOnWriteArrayList<>();
    private final List<SocketIo> socketIos = new CopyOnWriteArrayList<>();
    private final KeepAlive keepAlive = new KeepAlive();
    private volatile int port = -1;

    private Posthorn(PosthornOptions options) {
        this.options = options;
        this.loops = new EventLoops(options.io(), options.loops());
        this.server = new HttpServer(loops, threads, options.http(), router);
        this.webSockets = new WebSockets(loops, threads);
        this.feeds = new Feeds(loops, threads, webSockets);
        this.sites = new HandlerSites(loops, threads);
    }

    /** A server with the default options. */
    public static Posthorn create() {
        return create(PosthornOptions.defaults());
    }

    /**
     * A server.
     *
     * @throws IllegalArgumentException where the machine does not have the kind of event loops that the options name
     */
    public static Posthorn create(PosthornOptions options) {
        return new Posthorn(options);
    }

    /**
     * Adds a route for pages of the same origin.
     *
     * @param route a path or pattern, or a method, a space and one; see {@link Router}
     * @throws IllegalArgumentException where the route is malformed, or there already
     */
    public Posthorn route(String route, HttpHandler handler) {
        router.route(route, handler);
        return this;
    }

    /**
     * Adds a route.
     *
     * @param route a path or pattern, or a method, a space and one; see {@link Router}
     * @param policy which pages may use it
     * @throws IllegalArgumentException where the route is malformed, or there already
     */
    public Posthorn route(String route, OriginPolicy policy, HttpHandler handler) {
        router.route(route, policy, handler);
        return this;
    }

    /**
     * Serves files below a path.
     *
     * @param prefix begins and ends with a slash, such as {@code /} or {@code /assets/}
     * @throws IllegalArgumentException where the prefix is malformed, or there already
     */
    public Posthorn files(String prefix, StaticFiles files) {
        if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("A prefix begins and ends with a slash, unlike " + prefix);
        }
        return route("GET " + prefix + "{" + StaticFiles.PATH_PARAMETER + "...}", files);
    }

    /**
     * Serves WebSockets for pages of the same origin, uncompressed, with the default limits.
     *
     * @param path a path or pattern; see {@link Router}
     * @param onConnection called for each connection, to set its handlers
     * @throws IllegalArgumentException where the path is malformed, or there already
     */
    public Posthorn webSocket(String path, Consumer<WebSocket> onConnection) {
        return webSocket(path, WebSocketOptions.defaults(), onConnection);
    }

    /**
     * Serves WebSockets.
     *
     * @param path a path or pattern; see {@link Router}
     * @param options who may connect, and how
     * @param onConnection called for each connection, to set its handlers
     * @throws IllegalArgumentException where the path is malformed, or there already
     */
    public Posthorn webSocket(String path, WebSocketOptions options, Consumer<WebSocket> onConnection) {
        // A handshake is a GET; saying so keeps a page from being put over the same path unnoticed.
        return route("GET " + path, options.origins(), webSockets.route(options, onConnection));
    }

    /**
     * What serves WebSockets, for a {@linkplain #route route} that decides with each request how it is answered.
     *
     * @param options who may connect, and how
     * @param onConnection called for each connection, to set its handlers
     */
    public HttpHandler webSocketHandler(WebSocketOptions options, Consumer<WebSocket> onConnection) {
        return webSockets.route(options, onConnection);
    }

    /**
     * Serves a feed over every transport, for pages of the same origin, with the default limits.
     *
     * @param path a path without parameters
     * @throws IllegalArgumentException where the path is malformed, or there already
     */
    public Feed feed(String path) {
        return feed(path, FeedOptions.defaults());
    }

    /**
     * Serves a feed over every transport.
     *
     * @param path a path without parameters
     * @param options who may read and publish, and what that may cost
     * @throws IllegalArgumentException where the path is malformed, or there already
     */
    public Feed feed(String path, FeedOptions options) {
        if (path.contains("{")) {
            throw new IllegalArgumentException("Feeds of a pattern are made by feeds(), unlike " + path);
        }
        return serve(path, options, feeds.feed(path, options));
    }

    /**
     * Serves the feeds of a pattern, each made when it is first used and freed when it is used no more.
     *
     * @param pattern such as {@code /prices/{symbol}}; see {@link Router}
     * @param options who may read and publish, and what that may cost
     * @param onCreated called for each feed that is made, on a thread that may block, before anyone reads it: to give it a
     *     source, say
     * @throws IllegalArgumentException where the pattern is malformed, or there already
     */
    public FeedPattern feeds(String pattern, FeedOptions options, Consumer<Feed> onCreated) {
        return serve(pattern, options, feeds.feeds(pattern, options, onCreated));
    }

    /** Serves the feeds of a pattern that have no source of their own, with the default options. */
    public FeedPattern feeds(String pattern) {
        return feeds(pattern, FeedOptions.defaults(), feed -> {});
    }

    /** Serves Socket.IO at {@code /socket.io/}, for pages of the same origin, with the default options. */
    public SocketIo socketIo() {
        return socketIo("/socket.io/", SocketIoOptions.defaults());
    }

    /**
     * Serves Socket.IO. There may be several, each at a path of its own.
     *
     * @param path begins and ends with a slash, such as {@code /socket.io/}, which is where clients look by themselves
     * @param options who may connect, and what that may cost
     * @throws IllegalArgumentException where the path is malformed, or there already, or the options do not fit the server's
     */
    public SocketIo socketIo(String path, SocketIoOptions options) {
        SocketIo io = new SocketIo(loops, sites, options, handler -> engine(options.engine(), handler));
        serveEngine(path, options.engine(), io.requests(path));
        socketIos.add(io);
        return io;
    }

    /**
     * Serves Engine.IO by itself, for clients that do without the namespaces and rooms of Socket.IO.
     *
     * @param path begins and ends with a slash, such as {@code /engine.io/}, which is where clients look by themselves
     * @param options who may connect, and what that may cost
     * @param onConnection called with each client's socket, to set its handlers
     * @throws IllegalArgumentException where the path is malformed, or there already, or the options do not fit the server's
     */
    public EngineIo engineIo(String path, EngineOptions options, Consumer<EngineSocket> onConnection) {
        EngineIo engine = engine(options, new EngineSockets(sites, onConnection));
        serveEngine(path, options, engine.requests());
        return engine;
    }

    /**
     * Serves what {@link #stats} says in Prometheus' text format.
     *
     * @throws IllegalArgumentException where the path is malformed, or there already
     */
    public Posthorn metrics(String path) {
        return route("GET " + path, new Metrics(this::stats));
    }

    /**
     * Serves the server's health: 200 and {@code ok}, or 503 and {@code draining} when it is about to close.
     *
     * @throws IllegalArgumentException where the path is malformed, or there already
     */
    public Posthorn health(String path) {
        HttpResponse healthy = HttpResponse.text(200, "ok").header("Cache-Control", "no-store");
        HttpResponse draining = HttpResponse.text(503, "draining").header("Cache-Control", "no-store");
        return route("GET " + path, exchange -> exchange.respond(server.isDraining() ? draining : healthy));
    }

    /** Listens on all addresses of this machine; see {@link #listen(String, int)}. */
    public int listen(int port) throws IOException {
        return listen(new InetSocketAddress(port));
    }

    /**
     * Listens, and returns. The JVM stays while the server listens, even after {@code main} has returned. Not to be called
     * on a loop.
     *
     * @param host an address of this machine
     * @param port 0 takes any that is free
     * @return the port
     * @throws IOException with one sentence that says what to change, where the port cannot be had
     */
    public int listen(String host, int port) throws IOException {
        return listen(new InetSocketAddress(host, port));
    }

    /**
     * The port that the server listens on.
     *
     * @throws IllegalStateException where it does not listen yet
     */
    public int port() {
        if (port < 0) {
            throw new IllegalStateException("This server does not listen yet");
        }
        return port;
    }

    /** What was counted so far. */
    public PosthornStats stats() {
        SocketIoStats socketIo =
                socketIos.stream().map(SocketIo::stats).reduce(SocketIoStats.none(), SocketIoStats::plus);
        EngineStats engineIo = engines.stream().map(EngineIo::stats).reduce(EngineStats.none(), EngineStats::plus);
        return new PosthornStats(server.stats(), webSockets.stats(), feeds.stats(), engineIo, socketIo);
    }

    /** How many handlers were moved from event loops to threads that may block, since they were seen to wait there. */
    public long movedHandlers() {
        return sites.moved();
    }

    /**
     * Announces that the server will close: {@link #health} says so, and each answer closes its connection. The server
     * still takes new ones, so that a load balancer has time to notice; {@link #close} is called when it has.
     */
    public void drain() {
        server.drain();
    }

    /**
     * Stops listening, ends the feeds' readers and the sockets of Socket.IO, closes WebSockets with 1001 and idle connections, lets running requests
     * finish up to the deadline of the options, closes the rest, and ends the event loops. Not to be called on a loop.
     */
    @Override
    public void close() {
        long end = System.nanoTime() + options.closeDeadline().toNanos();
        server.drain();
        server.stopListening();
        feeds.close(options.closeDeadline());
        socketIos.forEach(io -> io.close(until(end)));
        engines.forEach(engine -> engine.close(until(end)));
        webSockets.close(options.closeDeadline());
        feeds.awaitNoReaders(until(end));
        server.close(until(end));
        sites.close();
        threads.close();
        loops.close();
        keepAlive.close();
    }

    private static Duration until(long nanoTime) {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    private EngineIo engine(EngineOptions engineOptions, SessionHandler handler) {
        EngineIo engine = new EngineIo(loops, threads, webSockets, engineOptions, handler);
        engines.add(engine);
        return engine;
    }

    /** Everything at and below a path, whatever the method: what is wrong, Engine.IO tells in its own words. */
    private void serveEngine(String path, EngineOptions engine, HttpHandler requests) {
        if (!path.startsWith("/") || !path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "The path of Socket.IO or Engine.IO begins and ends with a slash, unlike " + path);
        }
        int maxBody = options.http().limits().maxBody();
        if (engine.limits().maxPayload() > maxBody) {
            throw new IllegalArgumentException(
                    "maxPayload is " + engine.limits().maxPayload() + " bytes, but the server takes bodies of "
                            + maxBody + " at most: raise HttpLimits.maxBody.");
        }
        route(path + "{rest...}", engine.origins(), requests);
        if (!engine.addTrailingSlash() && path.length() > 1) {
            route(path.substring(0, path.length() - 1), engine.origins(), requests);
        }
    }

    private <T> T serve(String path, FeedOptions feedOptions, Feeds.Served<T> served) {
        route("GET " + path, feedOptions.origins(), served.reads());
        if (feedOptions.publishing().isPresent()) {
            route("POST " + path, feedOptions.origins(), served.publishes());
        }
        return served.feed();
    }

    private int listen(InetSocketAddress address) throws IOException {
        port = server.bind(address);
        keepAlive.start();
        log.info("Listening on port {} ({}, {} event loops)", port, options.io(), options.loops());
        return port;
    }
}
