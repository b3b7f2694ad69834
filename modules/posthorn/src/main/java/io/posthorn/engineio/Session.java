package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpRequest;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.Transport;
import io.posthorn.transport.TransportType;
import io.posthorn.websocket.WebSocket;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What an {@link EngineSession} is made of: its transport, what waits in front of it, its heartbeat and, while there is one,
 * its upgrade. All methods are its home loop's, but those that only tell.
 *
 * <pre>
 *   OPEN ── close() ──► CLOSING ──► CLOSED     CLOSING: the listener has been told; what was offered before still waits
 *     └──── any other end ────────────►        for a poll, for room in a WebSocket, or for the end of its time
 * </pre>
 */
@OnLoop
final class Session implements WebSocketLink.Receiver, Upgrade.Listener, Heartbeats.Listener {
    /** How long the last words of a session wait for a poll. */
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EngineIo engine;
    private final String id;
    private final Loop loop;
    private final HttpRequest request;
    private final EngineSession api = new EngineSession(this);
    private final ListenerBoundary listener;
    private final Outgoing outgoing;
    private final Heartbeats.Heartbeat heartbeat;
    private volatile SessionTransport transport = new Polling(this);
    private volatile State state = State.OPEN;
    private @Nullable Upgrade upgrade;
    private @Nullable Linger linger;
    private boolean paused;

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    /** A session whose client does not know of it yet. */
    Session(EngineIo engine, String id, Loop loop, HttpRequest request) {
        this.engine = engine;
        this.id = id;
        this.loop = loop;
        this.request = request;
        this.listener = new ListenerBoundary(engine, this);
        this.outgoing = new Outgoing(engine, this);
        this.heartbeat = engine.heartbeats(loop).heartbeat(this);
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
        return state == State.OPEN;
    }

    /** Whether what comes from the client is taken. */
    boolean isReading() {
        return state == State.OPEN && !paused;
    }

    /** Opens by a poll, which is answered with the handshake and nothing else. */
    void open(HttpExchange handshake) {
        Polling polling = new Polling(this);
        transport = polling;
        Transport poll = polling.poll(handshake, engine.responses().poll(handshake.request(), true));
        open(poll, engine.options().allowUpgrades());
    }

    /** Opens by a WebSocket that has just connected. */
    void open(WebSocket webSocket) {
        WebSocketLink link = new WebSocketLink(webSocket, this);
        transport = link;
        open(link.transport(), false);
    }

    private void open(Transport way, boolean upgrades) {
        heartbeat.start();
        engine.counters().opened(type());
        outgoing.attach(way);
        outgoing.packet(Packets.open(id, upgrades, engine.options()));
        outgoing.flush();
        listener.open(api);
    }

    /** A poll has come, by any loop. */
    void poll(HttpExchange exchange) {
        Polling polling = polling(exchange);
        if (polling == null) {
            return;
        }
        if (polling.isWaiting()) {
            breakOff(exchange, "two polls at a time");
            return;
        }
        outgoing.attach(polling.poll(exchange, engine.responses().poll(exchange.request(), false)));
        if (upgrade != null && upgrade.isProbed()) {
            polling.release();
        }
        finish();
    }

    /** A POST has come, by any loop. */
    void post(HttpExchange exchange) {
        Polling polling = polling(exchange);
        if (polling != null && polling.isTaking()) {
            breakOff(exchange, "two POSTs at a time");
        } else if (polling != null) {
            polling.post(exchange);
        }
    }

    /** A POST has come that holds no payload of this revision. */
    void refusePost(HttpExchange exchange, String why) {
        if (polling(exchange) != null) {
            breakOff(exchange, why);
        }
    }

    /** A WebSocket has connected that names this session. */
    void upgrade(WebSocket webSocket) {
        if (transport instanceof Polling && isKnown() && upgrade == null) {
            upgrade = new Upgrade(webSocket, engine.options().timings(), this);
        } else {
            // S1: whoever else knows the id takes nothing from the one who has the session.
            engine.counters().failedUpgrades.increment();
            webSocket.closeWithoutStatus();
        }
    }

    /** Answers a request that is not for a session as it is now. */
    void refuse(HttpExchange exchange) {
        if (state == State.CLOSED) {
            engine.refuse(exchange, EngineError.UNKNOWN_SESSION, Map.of("sid", id));
        } else {
            Map<String, Object> context = Map.of("name", "TRANSPORT_MISMATCH", "previousTransport", type());
            engine.refuse(exchange, EngineError.BAD_REQUEST, context);
        }
    }

    /** Answers a POST whose packets were taken. */
    void ok(HttpExchange exchange) {
        exchange.respond(engine.responses().ok(exchange.request()));
    }

    void offer(Message message, Outbox.Delivery delivery) {
        assert loop.inLoop();
        if (state != State.OPEN) {
            return;
        }
        if (upgrade != null && delivery == Outbox.Delivery.VOLATILE) {
            engine.counters().dropped.increment();
            return;
        }
        outgoing.offer(message, delivery);
    }

    void flush() {
        if (state == State.OPEN) {
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
        if (state != State.OPEN) {
            return;
        }
        become(State.CLOSING);
        heartbeat.stop();
        if (type() == TransportType.LONG_POLLING) {
            outgoing.packet(Packets.CLOSE);
        }
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
        if (state != State.OPEN) {
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
            // A poll that waits need not be told: its client has left.
            case CLOSE -> end(SessionCloseReason.TRANSPORT_CLOSE, "", Packets.NOOP);
            // They mean nothing here, and clients may be late with them.
            case OPEN, UPGRADE, NOOP -> {}
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        if (state == State.OPEN) {
            listener.binary(bytes);
        }
    }

    @Override
    public void onWritable() {
        outgoing.onWritable();
        finish();
    }

    @Override
    public void onEnded() {
        fail(SessionCloseReason.TRANSPORT_CLOSE, "the WebSocket has ended");
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
        if (state == State.OPEN) {
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

    /** The way by which a poll or POST comes; null where the session has none such, and the request is refused. */
    private @Nullable Polling polling(HttpExchange exchange) {
        if (transport instanceof Polling polling && isKnown()) {
            return polling;
        }
        refuse(exchange);
        return null;
    }

    private void breakOff(HttpExchange exchange, String why) {
        exchange.respond(HttpResponse.of(400));
        fail(SessionCloseReason.TRANSPORT_ERROR, why);
    }

    /** Whether its client may still turn to it: a deadline that has passed counts, though no timer has come to say so. */
    private boolean isKnown() {
        if (state == State.OPEN && heartbeat.isOverdue()) {
            onTimeout();
        }
        return state != State.CLOSED;
    }

    /** Once its last words have left, a session that closes is closed. */
    private void finish() {
        if (state != State.CLOSING) {
            return;
        }
        if (outgoing.isEmpty()) {
            release(Packets.CLOSE);
        } else if (linger == null) {
            linger = new Linger();
            loop.timers().schedule(linger, CLOSE_TIMEOUT_NANOS);
        }
    }

    private void end(SessionCloseReason reason, String description, Message lastWord) {
        if (state != State.CLOSED) {
            release(lastWord);
            listener.end(reason, description);
        }
    }

    /** Lets go of everything. */
    private void release(Message lastWord) {
        become(State.CLOSED);
        heartbeat.stop();
        if (linger != null) {
            loop.timers().cancel(linger);
        }
        outgoing.clear();
        if (upgrade != null) {
            upgrade.fail();
        }
        transport.end(lastWord);
        engine.registry().remove(this);
    }

    private void become(State next) {
        if (next.compareTo(state) <= 0) {
            throw new IllegalStateException("A session that is " + state + " does not become " + next);
        }
        state = next;
    }

    private final class Linger extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            fail(SessionCloseReason.FORCED_CLOSE, "");
        }
    }
}
