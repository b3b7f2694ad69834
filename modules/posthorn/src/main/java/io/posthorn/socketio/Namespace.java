package io.posthorn.socketio;

import io.posthorn.loop.HandlerSite;
import io.posthorn.socketio.adapter.Adapter;
import io.posthorn.socketio.adapter.Audience;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A part of a server with sockets, rooms and handlers of its own: nothing crosses between namespaces, though a client may be
 * in several over one connection. Made by {@link SocketIo#of}. For all threads.
 */
public final class Namespace {
    private final SocketIo server;
    private final String name;
    private final Adapter adapter;
    private final BroadcastOperator everybody = new BroadcastOperator(this, Audience.everybody());
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Collection<Socket> view = Collections.unmodifiableCollection(sockets.values());
    private volatile List<Guard> middleware = List.of();
    private volatile List<Listener> listeners = List.of();

    record Guard(Middleware middleware, HandlerSite site) {}

    record Listener(ConnectionHandler handler, HandlerSite site) {}

    Namespace(SocketIo server, String name, Adapter adapter) {
        this.server = server;
        this.name = name;
        this.adapter = adapter;
    }

    /** Its name, which begins with a slash. */
    public String name() {
        return name;
    }

    /** The server that it belongs to. */
    public SocketIo server() {
        return server;
    }

    /** What to do with each socket that connects, behind what was set before. */
    public synchronized Namespace onConnection(ConnectionHandler handler) {
        List<Listener> more = new ArrayList<>(listeners);
        more.add(new Listener(handler, server.site(handler.getClass())));
        listeners = List.copyOf(more);
        return this;
    }

    /** What stands between clients and their connection, behind what was added before. */
    public synchronized Namespace use(Middleware added) {
        List<Guard> more = new ArrayList<>(middleware);
        more.add(new Guard(added, server.site(added.getClass())));
        middleware = List.copyOf(more);
        return this;
    }

    /**
     * Sends an event to all sockets; see {@link BroadcastOperator#emit}.
     *
     * @throws IllegalArgumentException where the name is one of Socket.IO's own, or an argument cannot be written
     */
    public Namespace emit(String event, @Nullable Object... arguments) {
        everybody.emit(event, arguments);
        return this;
    }

    /** Sends {@code message} events to all sockets. */
    public Namespace send(@Nullable Object... arguments) {
        return emit("message", arguments);
    }

    /** Who is in one of these rooms. */
    public BroadcastOperator to(String... rooms) {
        return everybody.to(rooms);
    }

    /** As {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** Everybody but who is in one of these rooms. */
    public BroadcastOperator except(String... rooms) {
        return everybody.except(rooms);
    }

    /** The sockets that are connected here now: a view, which changes. */
    public Collection<Socket> sockets() {
        return view;
    }

    /** A socket by its id. */
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    /** The rooms that somebody is in, but for those that sockets have for themselves; complete when all loops have told. */
    public CompletionStage<Set<String>> rooms() {
        return adapter.rooms();
    }

    BroadcastOperator everybody() {
        return everybody;
    }

    Adapter adapter() {
        return adapter;
    }

    SocketIoCounters counters() {
        return server.counters();
    }

    List<Guard> middleware() {
        return middleware;
    }

    List<Listener> listeners() {
        return listeners;
    }

    void joined(SocketConnection connection) {
        server.counters().connected.increment();
        sockets.put(connection.id(), connection.socket());
        adapter.add(connection, Set.of());
    }

    void left(SocketConnection connection) {
        server.counters().disconnected.increment();
        sockets.remove(connection.id());
        forget(connection);
    }

    /** It is in no room any more, not even in one that it joined before it was connected. */
    void forget(SocketConnection connection) {
        adapter.removeAll(connection);
    }

    @Override
    public String toString() {
        return "namespace " + name;
    }
}
