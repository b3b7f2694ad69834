package io.posthorn.websocket;

import io.posthorn.loop.Broadcasts;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.Outbound;
import io.posthorn.loop.Wire;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One WebSocket's life: joins the engine, the way out, the application's handlers and the deadline, and ends all of them
 * in {@link #gone}. What is sent while the channel is being read leaves when the read ends, anything else at the end of
 * the loop's turn. All methods are the loop's, but {@link #execute} and what only tells.
 */
@OnLoop
final class WebSocketConnection implements Outbound.Listener, Wire.Reader {
    /** A batch of this many bytes does not wait for the end of the turn. */
    private static final int FLUSH_SIZE = 64 * 1024;

    private enum Phase {
        /** Until both sides have said that they close. */
        OPEN,
        /** Nothing more is said; waits for the other side to hang up, so that a reset does not destroy our last words. */
        LINGERING,
        GONE
    }

    private final WebSocketRoute route;
    private final Loop loop;
    private final Outbound outbound;
    private final WebSocketEngine engine;
    private final WebSocket webSocket;
    private final UserHandlers handlers;
    private final Broadcasts broadcasts;
    private Wire wire;
    /** Null until the connection closes, where somebody else watches. */
    private @Nullable IdleWatch idle;
    /** Those that it is in: they see to it. */
    private List<Members> groups = List.of();

    private Phase phase = Phase.OPEN;
    /** Whether what is sent goes out as it is, and nobody looks at it. */
    private boolean plain;

    private boolean reading;
    private boolean paused;
    private boolean flushDue;
    private volatile boolean open = true;
    private volatile boolean writable = true;

    /** A connection whose handshake is done. */
    WebSocketConnection(WebSocketRoute route, Loop loop, WebSocketHandshake handshake, Wire wire) {
        this.route = route;
        this.loop = loop;
        this.wire = wire;
        this.broadcasts = loop.broadcasts();
        this.webSocket = new WebSocket(this, handshake, route.webSockets().nextId());
        this.handlers = new UserHandlers(route, webSocket, route.queue(() -> execute(this::updateReading)));
        this.outbound = new Outbound(loop, wire, this);
        DeflateParameters deflate = handshake.agreed().deflate();
        this.plain = deflate == null;
        this.engine = new WebSocketEngine(route.options(), deflate, loop.scratch(), handlers, outbound);
    }

    /** Begins: the application sets its handlers before anything is received. */
    void start(Consumer<WebSocket> onConnection) {
        route.webSockets().opened(this);
        if (route.watchesSilence()) {
            idle().watch();
        }
        handlers.connected(onConnection);
    }

    UserHandlers handlers() {
        return handlers;
    }

    boolean isOpen() {
        return open;
    }

    boolean isWritable() {
        return open && writable;
    }

    long bufferedBytes() {
        return loop.inLoop() ? outbound.backlog() : outbound.backlogAtLastFlush();
    }

    Loop loop() {
        return loop;
    }

    /** Whether the caller may call the methods below at once: it is on the loop, and nothing that it did waits. */
    boolean isInline() {
        return loop.mailbox().isInline();
    }

    /** Runs an action on the loop, behind whatever the caller did before. */
    void execute(Runnable action) {
        loop.mailbox().execute(action);
    }

    /** Sends nothing until {@link #exchange}; false where something waits to be sent, or the connection ends. */
    boolean hold() {
        if (phase != Phase.OPEN || outbound.backlog() > 0) {
            return false;
        }
        outbound.hold();
        return true;
    }

    /** Goes on by another wire. */
    void exchange(Wire next) {
        wire = next;
        outbound.exchange(next);
        onDequeued(); // it may have failed while it was held
    }

    @Override
    public void received(ByteBuffer in) {
        if (phase == Phase.OPEN) {
            reading = true;
            heard();
            engine.receive(in);
            afterEngine();
            if (handlers.isFull()) {
                updateReading(); // now, since many more reads may follow before they are complete
            }
        }
    }

    @Override
    public void readComplete() {
        reading = false;
        if (phase != Phase.GONE) {
            route.webSockets().counters().messagesReceived.add(engine.takeMessagesReceived());
            flush();
            updateReading();
        }
    }

    @Override
    public void onCongestion(boolean congested) {
        writable = !congested;
        if (phase == Phase.OPEN) {
            if (!congested) {
                heard();
                // Not at once: this may be inside a handler that sends, or the walk over a group.
                loop.mailbox().atEndOfTurn(this::tellWritable);
            }
            updateReading();
        }
    }

    @Override
    public void onDequeued() {
        // RFC 6455 7.1.1: the server closes first; half of the connection, until the other side has done the same.
        if (phase == Phase.LINGERING && outbound.isEmpty()) {
            wire.halfClose();
        }
    }

    /** Sends a message in one frame. */
    void send(int opcode, byte[] payload) {
        if (admits()) {
            engine.send(opcode, payload);
            sent();
        }
    }

    /** Says something else. */
    void say(Consumer<WebSocketEngine> what) {
        if (admits()) {
            what.accept(engine);
            sent();
        }
    }

    void send(PreparedMessage message) {
        if (admits()) {
            engine.sendPrepared(message);
            sent();
        }
    }

    /** As {@link #send(PreparedMessage)}, for who flushes, and compressed where that was agreed on. */
    void write(PreparedMessage message) {
        if (admits()) {
            engine.compressPrepared(message);
        }
    }

    /** As {@link #send(int, byte[])}, for who flushes. */
    void write(int opcode, byte[] payload) {
        if (admits()) {
            engine.send(opcode, payload);
        }
    }

    /** Sends what many get, at once, behind what was written. */
    void send(SharedFrames frames) {
        if (!plain) {
            engine.showShared(frames.bytes());
        }
        outbound.flushShared(frames.bytes());
        route.webSockets().counters().messagesSent.add(frames.messages());
    }

    /** As {@link #send(SharedFrames)}, with what else this turn brings. */
    void write(SharedFrames frames) {
        engine.showShared(frames.bytes());
        outbound.writeShared(frames.bytes());
        route.webSockets().counters().messagesSent.add(frames.messages());
        sent();
    }

    /** Whether what many get can be sent here as it is, and at once. */
    boolean isFree() {
        return open && plain && outbound.isEmpty();
    }

    boolean isOverfull() {
        return outbound.backlog() > route.options().limits().maxOutbound();
    }

    void close(int code, String reason) {
        broadcasts.deliver();
        if (phase == Phase.OPEN && engine.maySend()) {
            engine.close(code, reason);
            open = false;
            idle().closeIn(route.options().limits().closeTimeout());
            updateReading();
            sent();
        }
    }

    /** Reads no more, or goes on; what is here already is handled all the same. */
    void pause(boolean pausedNow) {
        paused = pausedNow;
        updateReading();
    }

    /** Too much waits to be sent: the connection ends, so that it costs no more. */
    void overflow() {
        if (phase == Phase.OPEN && !engine.isClosed()) {
            route.webSockets().counters().slowReaders.increment();
            engine.fail(CloseCode.POLICY_VIOLATION, "too slow: too much waits to be sent");
            afterEngine();
        }
    }

    /** Ends without another word. */
    void cut() {
        wire.close();
    }

    void tap(FrameTap tap) {
        plain = false;
        engine.tap(handlers.guarded(tap));
    }

    void joined(Members group) {
        groups = groups.isEmpty() ? new ArrayList<>(2) : groups;
        groups.add(group);
    }

    void left(Members group) {
        groups.remove(group);
        groups = groups.isEmpty() ? List.of() : groups;
    }

    private boolean admits() {
        broadcasts.deliver(); // what was broadcast before leaves before, and may end this connection
        if (phase != Phase.OPEN || !engine.maySend()) {
            return false;
        }
        if (isOverfull()) {
            overflow();
            return false;
        }
        return true;
    }

    private void sent() {
        if (outbound.batchSize() >= FLUSH_SIZE) {
            flush();
        } else if (!reading && !flushDue) {
            flushDue = true;
            loop.mailbox().atEndOfTurn(this::flushAtEndOfTurn);
        }
    }

    private void flushAtEndOfTurn() {
        flushDue = false;
        if (phase != Phase.GONE) {
            flush();
        }
    }

    /** Sends what was gathered. */
    void flush() {
        long sent = engine.takeMessagesSent();
        if (sent > 0) {
            route.webSockets().counters().messagesSent.add(sent);
        }
        outbound.flush();
    }

    /** The engine has seen something: if that was the end, nothing more is said. */
    private void afterEngine() {
        if (phase == Phase.OPEN && engine.isClosed()) {
            phase = Phase.LINGERING;
            open = false;
            idle().closeIn(route.options().limits().closeTimeout());
            List.copyOf(groups).forEach(members -> members.remove(this));
            handlers.closed(engine.closeCode(), engine.closeReason());
            flush();
            updateReading();
            onDequeued();
        }
    }

    private void tellWritable() {
        if (isWritable()) {
            handlers.writable();
        }
    }

    /** A client that does not read what it is sent, or whose handlers are behind, is not read from. */
    private void updateReading() {
        if (phase == Phase.GONE) {
            return;
        }
        boolean closing = phase == Phase.LINGERING || !engine.maySend();
        wire.read(closing || !(paused || outbound.isCongested() || handlers.isFull()));
    }

    /** Lets go of everything. */
    @Override
    public void gone() {
        if (phase == Phase.GONE) {
            return;
        }
        boolean told = phase == Phase.LINGERING;
        phase = Phase.GONE;
        open = false;
        if (idle != null) {
            idle.cancel();
        }
        List.copyOf(groups).forEach(members -> members.remove(this));
        outbound.release();
        engine.lost();
        engine.release();
        route.webSockets().gone(this);
        if (!told) {
            handlers.closed(engine.closeCode(), engine.closeReason());
        }
    }

    private void heard() {
        if (idle != null) {
            idle.heard();
        }
    }

    private IdleWatch idle() {
        idle = idle == null ? new IdleWatch(this, route.options().limits().idleTimeout(), loop.timers()) : idle;
        return idle;
    }

    /** The time is over, for whatever it was. */
    void onDeadline() {
        if (phase == Phase.LINGERING || !engine.maySend()) {
            if (phase == Phase.OPEN) {
                route.webSockets().counters().closeTimeouts.increment();
            }
            cut();
            return;
        }
        switch (idle().check(paused || handlers.isFull(), outbound.progressMark())) {
            case ALIVE -> idle().watch();
            case ASK -> {
                engine.ping(new byte[0]);
                sent();
                idle().watch();
            }
            case DEAD -> {
                route.webSockets().counters().idleTimeouts.increment();
                close(CloseCode.GOING_AWAY, "nothing was heard for too long");
            }
        }
    }
}
