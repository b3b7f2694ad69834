package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpRequest;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.Transport;
import io.posthorn.transport.TransportType;
import io.posthorn.websocket.CloseCode;
import io.posthorn.websocket.WebSocket;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What an {@link EngineSession} is made of: its transport, what waits in front of it, its heartbeat and, while there is one,
 * its upgrade. All methods are its home loop's, but those that only tell.
 */
@OnLoop
final class Session implements WebSocketLink.Receiver, Upgrade.Listener, Heartbeats.Listener {
    /** How long the last words of a session wait for a poll. */
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** How long a poll may take that was sent before its client left. */
    private static final long DEPART_TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** By these a WebSocket is closed whose client has broken a rule. */
    private static final Set<Integer> WRONG =
            Set.of(CloseCode.PROTOCOL_ERROR, CloseCode.INVALID_PAYLOAD, CloseCode.POLICY_VIOLATION, CloseCode.TOO_BIG);

    private final EngineIo engine;
    private final String id;
    private final Loop loop;
    private final HttpRequest request;
    private final ListenerBoundary listener;
    private final Outgoing outgoing;
    private final Heartbeats.Heartbeat heartbeat;
    private volatile SessionTransport transport = new Polling(this);
    private volatile SessionState state = SessionState.OPEN;
    private @Nullable Arrivals arrivals;
    private @Nullable Upgrade upgrade;
    private @Nullable Linger linger;
    private boolean paused;

    /** A session whose client does not know of it yet. */
    Session(EngineIo engine, String id, Loop loop, HttpRequest request) {
        this.engine = engine;
        this.id = id;
        this.loop = loop;
        this.request = request;
        this.listener = new ListenerBoundary(this);
        this.outgoing = new Outgoing(this);
        this.heartbeat = engine.heartbeats(loop).heartbeat(this);
    }

    EngineIo engine() {
        return engine;
    }

    String id() {
        return id;
    }

    Loop loop() {
        return loop;
    }

    HttpRequest request() {
        return request;
    }

    TransportType type() {
        return transport.type();
    }

    boolean isOpen() {
        return state == SessionState.OPEN;
    }

    /** Whether what comes from the client is taken. */
    boolean isReading() {
        return state == SessionState.OPEN && !paused;
    }

    /** Whether its client has left, and a poll of it may still come. */
    boolean isDeparting() {
        return state == SessionState.DEPARTING;
    }

    /** Opens by a poll, which is answered with the handshake and nothing else. */
    void open(HttpExchange handshake) {
        Polling polling = new Polling(this);
        transport = polling;
        outgoing.packet(Packets.open(id, engine.options().allowUpgrades(), engine.options()));
        polling.poll(handshake, true);
        open();
    }

    /** Opens by a WebSocket that has just connected. */
    void open(WebSocket webSocket) {
        WebSocketLink link = new WebSocketLink(webSocket, this);
        transport = link;
        outgoing.attach(link.transport());
        outgoing.packet(Packets.open(id, false, engine.options()));
        outgoing.flush();
        open();
    }

    private void open() {
        heartbeat.start();
        engine.counters().opened(type());
        listener.open(new EngineSession(this, outgoing));
    }

    /** Those WebSockets that are to be this session's; there are mostly none. */
    Arrivals arrivals() {
        if (arrivals == null) {
            arrivals = new Arrivals(loop);
        }
        return arrivals;
    }

    /** A poll or POST has come, by any loop; it is refused where the session does not poll. */
    void request(HttpExchange exchange, Consumer<Polling> taken) {
        Runnable request = () -> {
            if (transport instanceof Polling polling && isKnown()) {
                taken.accept(polling);
            } else {
                refuse(exchange);
            }
        };
        if (arrivals != null && (upgrade != null || !arrivals.isOver())) {
            arrivals.handle(request);
        } else {
            request.run();
        }
    }

    /** The body of a POST comes piece by piece; it is known when it has begun, and when it is over. */
    void posting(Consumer<Polling> told) {
        if (transport instanceof Polling polling) {
            told.accept(polling);
        }
    }

    /** A poll has come: what waits leaves by it. */
    void carry(Transport poll) {
        outgoing.attach(poll);
        if (upgrade != null && upgrade.isProbed()) {
            onProbed();
        }
        finish();
    }

    /** A WebSocket has connected that names this session. */
    void upgrade(WebSocket webSocket) {
        if (transport instanceof Polling && isKnown() && upgrade == null && !isDeparting()) {
            upgrade = new Upgrade(webSocket, engine.options().timings(), this);
        } else {
            // S1: whoever else knows the id takes nothing from the one who has the session.
            engine.counters().failedUpgrades.increment();
            webSocket.closeWithoutStatus();
        }
    }

    /** Answers a request that is not for a session as it is now. */
    void refuse(HttpExchange exchange) {
        if (state == SessionState.CLOSED) {
            engine.refuse(exchange, EngineError.UNKNOWN_SESSION, Map.of("sid", id));
        } else {
            Map<String, Object> context = Map.of("name", "TRANSPORT_MISMATCH", "previousTransport", type());
            engine.refuse(exchange, EngineError.BAD_REQUEST, context);
        }
    }

    void offer(Message message, Outbox.Delivery delivery) {
        assert loop.inLoop();
        if (state != SessionState.OPEN) {
            return;
        }
        if (upgrade != null && delivery == Outbox.Delivery.VOLATILE) {
            engine.counters().dropped.increment();
            return;
        }
        outgoing.offer(message, delivery);
    }

    void flush() {
        if (state == SessionState.OPEN) {
            outgoing.flush();
        }
    }

    void flushLater() {
        outgoing.flushLater();
    }

    void pauseReading() {
        if (isReading()) {
            paused = true;
            heartbeat.pause();
            transport.pauseReading();
        }
    }

    void resumeReading() {
        if (paused) {
            paused = false;
            heartbeat.resume();
            transport.resumeReading();
        }
    }

    /** Ends, behind what was offered before. */
    void close() {
        if (state != SessionState.OPEN) {
            return;
        }
        become(SessionState.CLOSING);
        heartbeat.stop();
        outgoing.flush();
        transport.resumeReading(); // a POST that waits is answered
        finish();
        listener.end(SessionCloseReason.FORCED_CLOSE, "");
    }

    /** Ends, and forgets what waits. */
    void fail(SessionCloseReason reason, String description) {
        end(reason, description, Packets.CLOSE);
    }

    @Override
    public void onText(byte[] packet) {
        if (state != SessionState.OPEN) {
            return;
        }
        PacketType type = PacketType.of(packet);
        if (type == null) {
            fail(SessionCloseReason.PARSE_ERROR, "a packet without a type");
            return;
        }
        switch (type) {
            case MESSAGE -> listener.text(packet);
            case PONG -> heartbeat.pong();
            case PING -> fail(SessionCloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
            case CLOSE -> depart();
            // They mean nothing here, and clients may be late with them.
            case OPEN, UPGRADE, NOOP -> {}
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        if (state == SessionState.OPEN) {
            listener.binary(bytes);
        }
    }

    @Override
    public void onWritable() {
        outgoing.onWritable();
        finish();
    }

    @Override
    public void onEnded(int code) {
        boolean isWrong = WRONG.contains(code);
        SessionCloseReason reason = isWrong ? SessionCloseReason.TRANSPORT_ERROR : SessionCloseReason.TRANSPORT_CLOSE;
        fail(reason, "the WebSocket was closed with " + code);
    }

    @Override
    public void onProbed() {
        if (transport instanceof Polling polling) {
            polling.release();
        }
    }

    @Override
    public void onUpgraded(WebSocketLink link) {
        upgrade = null;
        if (transport instanceof Polling polling && polling.isTaking()) {
            // What follows by the WebSocket would overtake it. A client waits for its POST before it goes.
            link.close();
            fail(SessionCloseReason.TRANSPORT_ERROR, "an upgrade during a POST");
            return;
        }
        engine.counters().upgrades.increment();
        link.receiver(this);
        transport = link;
        if (paused) {
            link.pauseReading();
        }
        outgoing.attach(link.transport());
        finish();
        if (state == SessionState.OPEN) {
            listener.upgraded();
        }
    }

    @Override
    public void onUpgradeFailed() {
        upgrade = null;
        engine.counters().failedUpgrades.increment();
    }

    @Override
    public void onPingDue() {
        outgoing.packet(Packets.PING);
        outgoing.flush();
    }

    @Override
    public void onTimeout() {
        fail(SessionCloseReason.PING_TIMEOUT, "");
    }

    /** Refuses what no client does that knows the protocol, and ends with it. */
    void breakOff(HttpExchange exchange, String why) {
        exchange.respond(HttpResponse.of(400));
        fail(SessionCloseReason.TRANSPORT_ERROR, why);
    }

    /** Whether its client may still turn to it: a deadline that has passed counts, though no timer has come to say so. */
    private boolean isKnown() {
        if (state == SessionState.OPEN && heartbeat.isOverdue()) {
            onTimeout();
        }
        return state != SessionState.CLOSED;
    }

    /** The client has left. A poll of it, which need not be told of the end, may have been sent before and come after. */
    private void depart() {
        if (!(transport instanceof Polling polling) || polling.isWaiting()) {
            end(SessionCloseReason.TRANSPORT_CLOSE, "", Packets.NOOP);
            return;
        }
        become(SessionState.DEPARTING);
        heartbeat.stop();
        outgoing.clear();
        outgoing.packet(Packets.NOOP);
        linger = new Linger(this, DEPART_TIMEOUT_NANOS);
        listener.end(SessionCloseReason.TRANSPORT_CLOSE, "");
    }

    /** Once its last words have left, a session that ends is closed. */
    private void finish() {
        if (state == SessionState.OPEN || state == SessionState.CLOSED) {
            return;
        }
        if (outgoing.isEmpty() && !isLastWordDue()) {
            release(Packets.CLOSE);
        } else if (linger == null) {
            linger = new Linger(this, CLOSE_TIMEOUT_NANOS);
        }
    }

    /** A close has a poll of its own: clients take it before the packets that stand in one answer with it. */
    private boolean isLastWordDue() {
        return state == SessionState.CLOSING && transport instanceof Polling polling && !polling.isWaiting();
    }

    private void end(SessionCloseReason reason, String description, Message lastWord) {
        if (state != SessionState.CLOSED) {
            release(lastWord);
            listener.end(reason, description);
        }
    }

    /** Lets go of everything. */
    private void release(Message lastWord) {
        become(SessionState.CLOSED);
        heartbeat.stop();
        if (linger != null) {
            linger.cancel();
        }
        outgoing.clear();
        if (upgrade != null) {
            upgrade.fail();
        }
        transport.end(lastWord);
        engine.registry().remove(this);
    }

    private void become(SessionState next) {
        loop.broadcasts().deliver(); // while it still takes what was broadcast before
        outgoing.openToBursts(false);
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("A session that is " + state + " does not become " + next);
        }
        state = next;
    }
}
