package io.posthorn.socketio;

import io.posthorn.json.TypeRef;
import io.posthorn.loop.HandlerSite;
import io.posthorn.loop.Loop;
import io.posthorn.socketio.protocol.Packet;
import io.posthorn.socketio.protocol.PacketEncoder;
import io.posthorn.transport.Outbox.Delivery;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One client in one namespace.
 *
 * <p>Every method may be called from any thread and returns at once; what one thread does happens in its order. After the end
 * of the socket, sending does nothing. Set handlers in the connection's callback: no event is handled before it has returned.
 * {@link EventHandler} says on which thread handlers run.
 */
public final class Socket {
    private final SocketConnection connection;
    private final Handshake handshake;
    private volatile List<Guard> middleware = List.of();
    private volatile List<End> ends = List.of();
    private volatile @Nullable ErrorHandler onError;
    private volatile @Nullable Map<String, Object> data;

    record Guard(EventMiddleware middleware, HandlerSite site) {}

    /** What is told of the end: before the rooms are left, or after. */
    record End(boolean before, DisconnectHandler handler, HandlerSite site) {}

    Socket(SocketConnection connection, Handshake handshake) {
        this.connection = connection;
        this.handshake = handshake;
    }

    /** The socket's id: random, public, another one in each namespace, and no secret of the connection's. */
    public String id() {
        return connection.id();
    }

    /** The namespace that it is in. */
    public Namespace namespace() {
        return connection.namespace();
    }

    /** How it began. */
    public Handshake handshake() {
        return handshake;
    }

    /** Whether it is connected: from the end of the middleware until it ends. */
    public boolean isConnected() {
        return connection.isConnected();
    }

    /** Which transport it has just now. */
    public TransportType transport() {
        return connection.client().session().transport();
    }

    /** The loop that it lives on. */
    public Loop loop() {
        return connection.loop();
    }

    /** What the application keeps with the socket; for all threads. */
    public Map<String, Object> data() {
        Map<String, Object> known = data;
        return known != null ? known : makeData();
    }

    /**
     * What to do with an event; several handlers run in the order in which they were added.
     *
     * @throws IllegalArgumentException where the name is one of those that Socket.IO keeps to itself, such as {@code connect}
     */
    public Socket on(String event, EventHandler handler) {
        return on(event, handler, handler.getClass());
    }

    /** As {@link #on(String, EventHandler)}, for the first argument. */
    public <T> Socket on(String event, Class<T> type, ArgumentHandler<T> handler) {
        return on(event, type, handler, namespace().server().site(handler.getClass()));
    }

    /** As {@link #on(String, EventHandler)}, for the first argument, of a generic type. */
    public <T> Socket on(String event, TypeRef<T> type, ArgumentHandler<T> handler) {
        return on(event, received -> handler.onArgument(received.arg(0, type)), handler.getClass());
    }

    /** As {@link #on(String, EventHandler)}, for the first argument and the acknowledgement. */
    public <T> Socket on(String event, Class<T> type, AcknowledgingHandler<T> handler) {
        return on(event, received -> handler.onArgument(received.arg(0, type), received::ack), handler.getClass());
    }

    /** As {@link #on(String, EventHandler)}, for the first argument, of a generic type, and the acknowledgement. */
    public <T> Socket on(String event, TypeRef<T> type, AcknowledgingHandler<T> handler) {
        return on(event, received -> handler.onArgument(received.arg(0, type), received::ack), handler.getClass());
    }

    /** As {@link #on(String, EventHandler)}, for the next event of that name only. */
    public Socket once(String event, EventHandler handler) {
        OnceHandler once = new OnceHandler(handler, connection.handlers());
        return on(event, null, once, site(handler, handler.getClass()));
    }

    /** Takes all handlers of an event away. */
    public Socket off(String event) {
        connection.handlers().removeIf((slot, handler) -> slot.event().equals(event));
        return this;
    }

    /** What stands between this socket's events and their handlers, behind what was added before. */
    public synchronized Socket use(EventMiddleware added) {
        HandlerSite site = connection.namespace().server().site(added.getClass());
        middleware = plus(middleware, new Guard(added, site));
        return this;
    }

    /** What to do when the socket is about to leave its rooms, which {@link #rooms} still tells. */
    public Socket onDisconnecting(DisconnectHandler handler) {
        return onEnd(true, handler);
    }

    /** What to do when the socket has ended. */
    public Socket onDisconnect(DisconnectHandler handler) {
        return onEnd(false, handler);
    }

    /** What to do with failures of this socket's handlers; it replaces what was set before. */
    public Socket onError(ErrorHandler handler) {
        onError = handler;
        return this;
    }

    /**
     * Sends an event to this client.
     *
     * @param arguments anything that JSON can hold, and {@code byte[]} or {@code ByteBuffer} at any depth
     * @throws IllegalArgumentException where the name is one of Socket.IO's own, or an argument cannot be written
     */
    public Socket emit(String event, @Nullable Object... arguments) {
        ReservedNames.check(event);
        connection.emit(PacketEncoder.event(namespace().name(), Packet.NO_ID, event, arguments), Delivery.DROPPABLE);
        return this;
    }

    /** Sends {@code message} events: {@code emit("message", ...)}. */
    public Socket send(@Nullable Object... arguments) {
        return emit("message", arguments);
    }

    /**
     * Sends an event that the client is to acknowledge.
     *
     * @return what it acknowledges with, or an {@link AcknowledgementException} where the socket ends before; what depends on
     *     the stage runs beside the handlers, so that one may wait for it, and finds its thread as they do
     * @throws IllegalArgumentException where the name is one of Socket.IO's own, or an argument cannot be written
     */
    public CompletionStage<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        ReservedNames.check(event);
        return connection.emitWithAck(event, null, arguments);
    }

    /**
     * The same socket, for one emit that waits no longer than this for its acknowledgement.
     *
     * @throws IllegalArgumentException where it is not positive, or more than 10,000 days
     */
    public TimedSocket timeout(Duration timeout) {
        return new TimedSocket(connection, timeout);
    }

    /**
     * Joins a room; nothing happens where it is in it.
     *
     * @throws IllegalArgumentException where the name is longer than the limits allow
     * @throws IllegalStateException where it would be in more rooms than the limits allow
     */
    public Socket join(String room) {
        return joinAll(Set.of(room));
    }

    /** Joins rooms, at once; as {@link #join}. */
    public Socket joinAll(Collection<String> names) {
        SocketIoLimits limits = namespace().server().options().limits();
        for (String name : names) {
            if (name.length() > limits.maxRoomName()) {
                throw new IllegalArgumentException("A room's name has at most " + limits.maxRoomName() + " characters");
            }
        }
        Set<String> present = rooms();
        Set<String> joined = Set.copyOf(names);
        long added = joined.stream().filter(name -> !present.contains(name)).count();
        if (present.size() + added > limits.maxRooms()) {
            throw new IllegalStateException("A socket is in at most " + limits.maxRooms() + " rooms");
        }
        if (connection.isConnected() || connection.isConnecting()) {
            namespace().adapter().add(connection, joined);
        }
        return this;
    }

    /** Leaves a room; nothing happens where it is not in it. */
    public Socket leave(String room) {
        namespace().adapter().remove(connection, room);
        return this;
    }

    /** The rooms that it is in, its own among them, which has the socket's id for a name; as far as its loop has come. */
    public Set<String> rooms() {
        return connection.rooms();
    }

    /** All sockets of the namespace but this one. */
    public BroadcastOperator broadcast() {
        return namespace().everybody().except(id());
    }

    /** The sockets in these rooms, but not this one. */
    public BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** As {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** All sockets but this one and those in these rooms. */
    public BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** Ends this socket; the client's connection stays, with its sockets in other namespaces. */
    public void disconnect() {
        disconnect(false);
    }

    /**
     * Ends this socket.
     *
     * @param closesConnection whether the client's other sockets and its connection end too
     */
    public void disconnect(boolean closesConnection) {
        connection.disconnect(closesConnection);
    }

    SocketConnection connection() {
        return connection;
    }

    List<Guard> middleware() {
        return middleware;
    }

    List<End> ends() {
        return ends;
    }

    @Nullable
    ErrorHandler errorHandler() {
        return onError;
    }

    private Socket on(String event, EventHandler handler, Class<?> userClass) {
        return on(event, null, handler, site(handler, userClass));
    }

    private Socket on(String event, @Nullable Class<?> argument, Object handler, HandlerSite site) {
        ReservedNames.check(event);
        connection.handlers().add(new HandlerLayout.Slot(event, argument, site), handler);
        return this;
    }

    private HandlerSite site(EventHandler handler, Class<?> userClass) {
        SocketIo server = namespace().server();
        if (handler instanceof PlacedHandler placed) {
            return server.site(placed.handler().getClass(), placed.thread());
        }
        return server.site(userClass);
    }

    private synchronized Socket onEnd(boolean before, DisconnectHandler handler) {
        HandlerSite site = namespace().server().site(handler.getClass());
        ends = plus(ends, new End(before, handler, site));
        return this;
    }

    private synchronized Map<String, Object> makeData() {
        Map<String, Object> known = data;
        if (known == null) {
            known = new ConcurrentHashMap<>();
            data = known;
        }
        return known;
    }

    private static <T> List<T> plus(List<T> list, T added) {
        List<T> more = new ArrayList<>(list);
        more.add(added);
        return List.copyOf(more);
    }

    @Override
    public String toString() {
        return "socket " + id();
    }
}
