package io.posthorn.socketio;

import io.posthorn.loop.HandlerQueue;
import io.posthorn.loop.HandlerSite;
import io.posthorn.loop.Loop;
import io.posthorn.loop.LoopFuture;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.UserCalls;
import io.posthorn.socketio.adapter.Member;
import io.posthorn.socketio.protocol.Packet;
import io.posthorn.socketio.protocol.PacketEncoder;
import io.posthorn.transport.Burst;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * One socket's life on its loop, from the client's CONNECT to its end in {@link #close}: middleware, events to handlers,
 * acknowledgements both ways. {@link Socket} is what the application sees of it; all methods are the loop's, but those that
 * say otherwise.
 *
 * <pre>
 *   CONNECTING ── middleware goes on ──► CONNECTED ── close ──► DISCONNECTED
 *        └────── refuses, or the session ends ──────────────────────▲
 * </pre>
 */
@OnLoop
final class SocketConnection implements Member, HandlerQueue.Drained {
    private static final AtomicLongFieldUpdater<SocketConnection> ACK_IDS =
            AtomicLongFieldUpdater.newUpdater(SocketConnection.class, "nextAckId");

    private final Client client;
    private final Namespace namespace;
    private final String id;
    private final Socket socket;
    private final UserCalls calls;

    private final SocketHandlers handlers;

    @SuppressWarnings("UnusedVariable") // It is read by ACK_IDS.
    private volatile long nextAckId;

    private @Nullable PendingAcks acks;
    private volatile State state = State.CONNECTING;
    /** Null while it is in none but its own. */
    private volatile @Nullable Set<String> rooms;

    private enum State {
        CONNECTING,
        CONNECTED,
        DISCONNECTED
    }

    SocketConnection(Client client, Namespace namespace, String id, Handshake handshake) {
        this.client = client;
        this.namespace = namespace;
        this.id = id;
        this.handlers = new SocketHandlers(namespace.server().noHandlers());
        this.calls = new UserCalls(namespace.server().sites(), client.loop(), this);
        this.socket = new Socket(this, handshake);
    }

    /** Runs the namespace's middleware, and connects or refuses. */
    void begin() {
        new Chain(loop(), calls, 0, new ConnectionSteps(this)).run();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Loop loop() {
        return client.loop();
    }

    Socket socket() {
        return socket;
    }

    Client client() {
        return client;
    }

    Namespace namespace() {
        return namespace;
    }

    SocketHandlers handlers() {
        return handlers;
    }

    /** Which rooms it is in; from any thread. */
    Set<String> rooms() {
        Set<String> several = rooms;
        return several == null ? Set.of(id) : several;
    }

    /** Whether it is connected; from any thread. */
    boolean isConnected() {
        return state == State.CONNECTED;
    }

    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /** Whether none of its handlers runs or waits elsewhere than on the loop. */
    boolean isIdle() {
        return calls.isIdle();
    }

    @Override
    public boolean isGone() {
        return state == State.DISCONNECTED;
    }

    @Override
    public boolean isReachable() {
        return state == State.CONNECTED;
    }

    @Override
    public void deliver(Message message, Delivery delivery) {
        if (state == State.CONNECTED) {
            namespace.counters().packetsSent.increment(loop());
            client.offer(message, delivery);
        }
    }

    @Override
    public boolean offer(Burst burst) {
        if (state != State.CONNECTED || !client.offer(burst)) {
            return false;
        }
        namespace.counters().packetsSent.add(loop(), burst.messages().size());
        return true;
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void roomsChanged(Set<String> now) {
        if (state != State.DISCONNECTED) {
            rooms = now.size() == 1 ? null : now;
        }
    }

    /** Sends an event; from any thread. */
    void emit(Message message, Delivery delivery) {
        if (loop().mailbox().isInline()) {
            send(message, delivery); // the same as execute, without an object for each message
        } else {
            loop().mailbox().execute(() -> send(message, delivery));
        }
    }

    /** Sends an event that is to be acknowledged; from any thread. */
    LoopFuture<Arguments> emitWithAck(String event, @Nullable Duration timeout, @Nullable Object... arguments) {
        long ackId = ACK_IDS.getAndIncrement(this);
        Message message = PacketEncoder.event(namespace.name(), ackId, event, arguments);
        LoopFuture<Arguments> future = new LoopFuture<>();
        boolean taken = loop().mailbox().execute(() -> {
            if (state != State.CONNECTED) {
                fail(future, AcknowledgementException.Cause.DISCONNECTED);
            } else if (!acks().offer(ackId, event, future, timeout)) {
                fail(future, AcknowledgementException.Cause.TOO_MANY);
            } else {
                send(message, Delivery.CERTAIN);
            }
        });
        if (!taken) {
            future.completeExceptionally(new AcknowledgementException(AcknowledgementException.Cause.DISCONNECTED));
        }
        return future;
    }

    /** Acknowledges one of the client's events; from any thread. */
    void acknowledge(long ackId, @Nullable Object... values) {
        emit(PacketEncoder.ack(namespace.name(), ackId, values), Delivery.CERTAIN);
    }

    /** Ends this socket, as the application wishes; from any thread. */
    void disconnect(boolean closesConnection) {
        loop().mailbox().execute(() -> {
            if (state == State.CONNECTED) {
                client.disconnect(this);
            }
            if (closesConnection) {
                client.close();
            }
        });
    }

    /** Takes an event or acknowledgement of the client's. */
    void received(Packet packet) {
        namespace.counters().packetsReceived.increment(loop());
        switch (packet.type()) {
            case EVENT -> event(new Event(socket, packet), packet.data().wireSize());
            case ACK -> acknowledged(packet);
            case CONNECT, DISCONNECT, CONNECT_ERROR -> throw new IllegalArgumentException("the client's business");
        }
        if (calls.isFull()) {
            client.pause(this);
        }
    }

    /** Ends: the application is told, before and after the socket has left its rooms. */
    void close(DisconnectReason reason, String description) {
        State before = state;
        if (before == State.DISCONNECTED) {
            return;
        }
        become(State.DISCONNECTED);
        client.resume(this);
        if (before == State.CONNECTED) {
            namespace.left(this);
            inTurn(0, () -> tellEnd(reason, description));
            failAcks();
        } else {
            namespace.forget(this);
        }
    }

    /** Runs the application's code where it belongs, which in a turn that has come off the loop is here. */
    private void call(HandlerSite site, int bytes, String what, UserCode code) {
        call(site, bytes, () -> run(what, code));
    }

    private void call(HandlerSite site, int bytes, Runnable body) {
        if (loop().inLoop()) {
            calls.call(site, bytes, body);
        } else {
            body.run();
        }
    }

    /**
     * Runs something on the loop, or behind what is queued elsewhere. Only then is it known what the application wants: a
     * connection handler that sets the handlers may be in the queue.
     */
    private void inTurn(int bytes, Runnable body) {
        if (calls.isIdle()) {
            body.run();
        } else {
            calls.call(namespace.server().loopSite(), bytes, body);
        }
    }

    /** Something of the application's, or an argument, has failed; from any thread. */
    void failed(String what, Throwable failure) {
        namespace.server().failures().failed(socket, what, failure);
    }

    private void send(Message message, Delivery delivery) {
        if (state == State.CONNECTED) {
            deliver(message, delivery);
            client.flushLater();
        }
    }

    private void event(Event event, int bytes) {
        if (calls.isIdle()) {
            pass(event, bytes); // the same as inTurn, without an object for each event
        } else {
            inTurn(bytes, () -> pass(event, bytes));
        }
    }

    /** Lets an event through the middlewares to its handlers. */
    private void pass(Event event, int bytes) {
        if (socket.middleware().isEmpty()) {
            handle(event, bytes);
        } else {
            new Chain(loop(), calls, bytes, new EventSteps(this, event, bytes)).run();
        }
    }

    /** Gives an event to its handlers. */
    void handle(Event event, int bytes) {
        SocketHandlers.Registered all = handlers.all();
        HandlerLayout layout = all.layout();
        for (int i = layout.find(event.name(), 0); i >= 0; i = layout.find(event.name(), i + 1)) {
            HandlerLayout.Slot slot = layout.slot(i);
            call(slot.site(), bytes, new EventCall(this, slot, all.handler(i), event));
        }
    }

    private void acknowledged(Packet packet) {
        PendingAcks.Pending pending = acks == null ? null : acks.take(packet.id());
        if (pending != null) {
            Arguments arguments = pending.arguments(packet.data());
            complete(() -> pending.future().complete(arguments));
        }
    }

    /** Made with the first that is waited for: most sockets wait for none. */
    private PendingAcks acks() {
        int most = namespace.server().options().limits().maxPendingAcks();
        acks = acks == null ? new PendingAcks(loop().timers(), most, this::expired) : acks;
        return acks;
    }

    private void failAcks() {
        if (acks != null) {
            for (PendingAcks.Pending pending : acks.takeAll()) {
                fail(pending.future(), AcknowledgementException.Cause.DISCONNECTED);
            }
        }
    }

    private void expired(PendingAcks.Pending pending) {
        fail(pending.future(), AcknowledgementException.Cause.TIMEOUT);
    }

    private void fail(LoopFuture<Arguments> future, AcknowledgementException.Cause cause) {
        complete(() -> future.completeExceptionally(new AcknowledgementException(cause)));
    }

    private void complete(UserCode completion) {
        // Not in the order of the handlers, nor of each other: one may wait for such a stage.
        SocketIo server = namespace.server();
        server.sites().callApart(server.ackSite(), loop(), () -> run("acknowledgement", completion));
    }

    private void tellEnd(DisconnectReason reason, String description) {
        tellEnd(true, reason, description);
        // Behind the handlers that may still ask where the socket was.
        call(namespace.server().loopSite(), 0, "disconnect", () -> rooms = Set.of());
        tellEnd(false, reason, description);
    }

    private void tellEnd(boolean before, DisconnectReason reason, String description) {
        for (Socket.End end : socket.ends()) {
            if (end.before() == before) {
                call(
                        end.site(),
                        0,
                        before ? "disconnecting" : "disconnect",
                        () -> end.handler().onDisconnect(reason, description));
            }
        }
    }

    /** All middlewares have gone on. */
    void accept() {
        if (state != State.CONNECTING) {
            return; // the session has ended, or the client has changed its mind
        }
        become(State.CONNECTED);
        namespace.joined(this);
        client.connected(this);
        for (Namespace.Listener listener : namespace.listeners()) {
            call(listener.site(), 0, "connection", () -> listener.handler().onConnection(socket));
        }
    }

    /** One has refused. */
    void refuse(RefusedException refusal) {
        if (state == State.CONNECTING) {
            become(State.DISCONNECTED);
            namespace.forget(this);
            client.refused(this, refusal);
        }
    }

    /** What was broadcast before reaches it as it was. */
    private void become(State next) {
        loop().broadcasts().deliver();
        state = next;
    }

    @Override
    public void onDrained() {
        loop().mailbox().execute(() -> client.resume(this));
    }

    private void run(String what, UserCode code) {
        try {
            code.run();
        } catch (Throwable failure) {
            // An Error is the application's failure too: a deeply nested value that overflows the stack, say.
            failed(what, failure);
        }
    }
}
