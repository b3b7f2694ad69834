package io.posthorn.socketio;

import io.posthorn.engineio.ConnectionError;
import io.posthorn.engineio.EngineIo;
import io.posthorn.engineio.SessionHandler;
import io.posthorn.http.HttpHandler;
import io.posthorn.json.JsonObjectWriter;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.HandlerSite;
import io.posthorn.loop.HandlerSites;
import io.posthorn.loop.HandlerThread;
import io.posthorn.socketio.adapter.LocalAdapter;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A Socket.IO server: today's official clients (3.x and 4.x, Socket.IO protocol 5 over Engine.IO protocol 4) connect to it.
 * Made by {@code Posthorn.socketIo}, which gives it a path and closes it. For all threads.
 *
 * <pre>{@code
 * SocketIo io = posthorn.socketIo();
 * io.onConnection(socket -> {
 *     socket.on("join", String.class, socket::join);
 *     socket.on("message", String.class, text -> socket.to("lobby").emit("message", text));
 * });
 * }</pre>
 *
 * Its methods that a {@link Namespace} has too are those of the namespace {@code /}.
 */
public final class SocketIo {
    private static final String MAIN = "/";
    private static final int MAX_NAME = 256;
    /** 120 bits, as an Engine.IO session's id has. */
    private static final int ID_BYTES = 15;

    private final EventLoops loops;
    private final HandlerSites sites;
    private final SocketIoOptions options;
    private final EngineIo engine;
    private final SocketIoCounters counters = new SocketIoCounters();
    private final Failures failures = new Failures(counters);
    private final HandlerLayout noHandlers = HandlerLayout.empty();
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final HandlerSite ackSite;
    private final HandlerSite loopSite;
    private final Namespace main;

    /** A call of the application's to which an acknowledgement's stage leads. */
    private static final class AckStage {}

    /**
     * A server on these loops.
     *
     * @param engine makes the Engine.IO below, for the sessions of which this is the handler
     */
    public SocketIo(
            EventLoops loops, HandlerSites sites, SocketIoOptions options, Function<SessionHandler, EngineIo> engine) {
        this.loops = loops;
        this.sites = sites;
        this.options = options;
        this.ackSite = sites.site(AckStage.class, options.handlers());
        this.loopSite = sites.site(SocketIo.class, HandlerThread.LOOP);
        this.main = of(MAIN);
        this.engine = engine.apply(session -> new Client(this, session));
    }

    /**
     * What serves its path, and what lies below.
     *
     * @param path begins and ends with a slash
     */
    public HttpHandler requests(String path) {
        return new SocketIoRoute(engine.requests(), path, options.servesClient() ? new ClientFiles() : null);
    }

    /** How it was made. */
    public SocketIoOptions options() {
        return options;
    }

    /**
     * A namespace, which is made where it is not there yet.
     *
     * @param name the slash before it may be left out; at most 256 characters, and no comma, which ends a name on the wire
     * @throws IllegalArgumentException where the name is something else
     */
    public Namespace of(String name) {
        String full = name.startsWith(MAIN) ? name : MAIN + name;
        if (full.length() > MAX_NAME || full.contains(",")) {
            throw new IllegalArgumentException(
                    "A namespace's name has at most " + MAX_NAME + " characters and no comma: " + name);
        }
        return namespaces.computeIfAbsent(full, made -> new Namespace(this, made, new LocalAdapter(loops)));
    }

    /** The namespaces that there are. */
    public Collection<Namespace> namespaces() {
        return List.copyOf(namespaces.values());
    }

    /** What to do with each socket that connects to the main namespace. */
    public SocketIo onConnection(ConnectionHandler handler) {
        main.onConnection(handler);
        return this;
    }

    /** What stands between clients and the main namespace. */
    public SocketIo use(Middleware middleware) {
        main.use(middleware);
        return this;
    }

    /** What to do with failures of handlers, in all namespaces; it replaces what was set before. */
    public SocketIo onError(ErrorHandler handler) {
        failures.onError(handler);
        return this;
    }

    /** What to do with connections that were refused, or ended before they were any; it replaces what was set before. */
    public SocketIo onConnectionError(Consumer<ConnectionError> handler) {
        engine.onConnectionError(handler);
        return this;
    }

    /** Sends an event to all sockets of the main namespace; see {@link Namespace#emit}. */
    public SocketIo emit(String event, @Nullable Object... arguments) {
        main.emit(event, arguments);
        return this;
    }

    /** Sends {@code message} events to all sockets of the main namespace. */
    public SocketIo send(@Nullable Object... arguments) {
        main.send(arguments);
        return this;
    }

    /** Who is in one of these rooms of the main namespace. */
    public BroadcastOperator to(String... rooms) {
        return main.to(rooms);
    }

    /** As {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return main.to(rooms);
    }

    /** Everybody in the main namespace but who is in one of these rooms. */
    public BroadcastOperator except(String... rooms) {
        return main.except(rooms);
    }

    /** The sockets of the main namespace: a view, which changes. */
    public Collection<Socket> sockets() {
        return main.sockets();
    }

    /** How many clients are connected, whatever namespaces they are in. */
    public int clients() {
        return engine.sessions();
    }

    /** What was counted so far. */
    public SocketIoStats stats() {
        return counters.snapshot();
    }

    /**
     * Ends all sockets, which are told that the server is shutting down: polls are answered, WebSockets closed. New
     * connections are refused with 503. Not to be called on a loop.
     */
    public void close(Duration deadline) {
        engine.close(deadline);
        namespaces.values().forEach(namespace -> namespace.adapter().close());
    }

    EventLoops loops() {
        return loops;
    }

    EngineIo engine() {
        return engine;
    }

    HandlerSites sites() {
        return sites;
    }

    HandlerSite site(Class<?> handlerClass) {
        return sites.site(handlerClass, options.handlers());
    }

    HandlerSite site(Class<?> handlerClass, HandlerThread thread) {
        return sites.site(handlerClass, thread);
    }

    /** Where what depends on an acknowledgement's stage runs. */
    HandlerSite ackSite() {
        return ackSite;
    }

    /** Where our own code runs that keeps its place among the application's. */
    HandlerSite loopSite() {
        return loopSite;
    }

    /** Where the layouts of all sockets' handlers begin. */
    HandlerLayout noHandlers() {
        return noHandlers;
    }

    SocketIoCounters counters() {
        return counters;
    }

    Failures failures() {
        return failures;
    }

    @Nullable
    Namespace find(String name) {
        return namespaces.get(name);
    }

    String nextId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What a client is told of the socket that it has now. */
    byte[] connectAnswer(String id) {
        return new JsonObjectWriter().string("sid", id).bytes();
    }
}
