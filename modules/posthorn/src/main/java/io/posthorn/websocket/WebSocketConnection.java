package io.posthorn.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.posthorn.loop.Broadcasts;
import io.posthorn.loop.HalfClose;
import io.posthorn.loop.HandlerQueue;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.Outbound;
import io.posthorn.loop.TimerWheel;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One WebSocket's life: joins the engine, the way out, the application's handlers and the deadline, and ends all of them
 * in {@link #gone}. What is sent while the channel is being read leaves when the read ends, anything else at the end of
 * the loop's turn. All methods are the loop's, but {@link #execute} and what only tells.
 */
@OnLoop
final class WebSocketConnection implements Outbound.Listener {
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
    private final ChannelHandlerContext context;
    private final Outbound outbound;
    private final WebSocketEngine engine;
    private final WebSocket webSocket;
    private final UserHandlers handlers;
    private final Broadcasts broadcasts;
    private final IdleWatch idle;
    private final TimerWheel.Deadline deadline = new ConnectionDeadline();
    private final List<Members> groups = new ArrayList<>(0);
    private final Runnable flush = this::flushAtEndOfTurn;

    private Phase phase = Phase.OPEN;
    /** Whether what is sent goes out as it is, and nobody looks at it. */
    private boolean plain;

    private boolean reading;
    private boolean paused;
    private boolean flushDue;
    private volatile long bufferedBytes;
    private volatile boolean open = true;
    private volatile boolean writable = true;

    /** A connection whose handshake is done; the context is that of the handler that reads for it. */
    WebSocketConnection(
            WebSocketRoute route,
            Loop loop,
            WebSocketHandshake handshake,
            @Nullable DeflateParameters deflate,
            ChannelHandlerContext context) {
        this.route = route;
        this.loop = loop;
        this.context = context;
        this.broadcasts = loop.broadcasts();
        this.idle = new IdleWatch(route.options().limits().idleTimeout(), loop.timers());
        this.webSocket = new WebSocket(this, handshake, route.webSockets().nextId());
        boolean blocking = route.options().handlerThread() == WebSocketOptions.HandlerThread.BLOCKING;
        HandlerQueue queue =
                blocking ? new HandlerQueue(route.webSockets().threads(), () -> execute(this::updateReading)) : null;
        this.handlers = new UserHandlers(route, webSocket, queue);
        this.outbound = new Outbound(context, this);
        this.plain = deflate == null;
        this.engine = new WebSocketEngine(route.options(), deflate, loop.scratch(), handlers, outbound::batch);
    }

    /** Begins: the application sets its handlers before anything is received. */
    void start() {
        route.webSockets().opened(this);
        loop.timers().schedule(deadline, idle.nanosToNextCheck());
        handlers.connected();
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
        return bufferedBytes;
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

    /** Takes what one read brought; the buffer is borrowed. */
    void received(ByteBuffer in) {
        if (phase == Phase.OPEN) {
            reading = true;
            idle.heard();
            engine.receive(in);
            afterEngine();
            if (handlers.isFull()) {
                updateReading(); // now, since many more reads may follow before they are complete
            }
        }
    }

    /** All that was there has been read. */
    void readComplete() {
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
                idle.heard();
                // Not at once: this may be inside a handler that sends, or the walk over a group.
                loop.mailbox().atEndOfTurn(this::tellWritable);
            }
            updateReading();
        }
    }

    @Override
    public void onDequeued() {
        tellBacklog();
        if (phase == Phase.LINGERING && outbound.isEmpty()) {
            hangUp();
        }
    }

    /** Sends a message in one frame. */
    void send(int opcode, byte[] payload) {
        if (admits()) {
            engine.send(opcode, payload);
            sent(1);
        }
    }

    /** Sends a text in one frame for each part. */
    void sendFragments(byte[][] parts) {
        if (admits()) {
            engine.sendFragments(parts);
            sent(1);
        }
    }

    void send(PreparedMessage message) {
        if (admits()) {
            engine.sendPrepared(message);
            sent(1);
        }
    }

    /** As {@link #send(PreparedMessage)}, for who flushes, and compressed where that was agreed on. */
    void write(PreparedMessage message) {
        if (admits()) {
            engine.compressPrepared(message);
            route.webSockets().counters().messagesSent.increment();
        }
    }

    void ping(byte[] payload) {
        if (admits()) {
            engine.ping(payload);
            sent(0);
        }
    }

    /** Sends what many get, at once, behind what was written. */
    void send(SharedFrames frames) {
        if (!plain) {
            engine.showShared(frames.bytes());
        }
        outbound.flushShared(frames.bytes());
        route.webSockets().counters().messagesSent.add(frames.messages());
        tellBacklog();
    }

    /** As {@link #send(SharedFrames)}, with what else this turn brings. */
    void write(SharedFrames frames) {
        engine.showShared(frames.bytes());
        outbound.writeShared(frames.bytes());
        sent(frames.messages());
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
            loop.timers()
                    .schedule(deadline, route.options().limits().closeTimeout().toNanos());
            updateReading();
            sent(0);
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
        context.close();
    }

    void tap(FrameTap tap) {
        plain = false;
        engine.tap(handlers.guarded(tap));
    }

    /** Those that it is in: they see to it. */
    List<Members> groups() {
        return groups;
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

    private void sent(int messages) {
        route.webSockets().counters().messagesSent.add(messages);
        tellBacklog();
        if (outbound.batchSize() >= FLUSH_SIZE) {
            flush();
        } else if (!reading && !flushDue) {
            flushDue = true;
            loop.mailbox().atEndOfTurn(flush);
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
        outbound.flush();
        tellBacklog();
    }

    private void tellBacklog() {
        if (bufferedBytes != outbound.backlog()) { // a walk over many would feel the writing
            bufferedBytes = outbound.backlog();
        }
    }

    /** The engine has seen something: if that was the end, nothing more is said. */
    private void afterEngine() {
        if (phase == Phase.OPEN && engine.isClosed()) {
            phase = Phase.LINGERING;
            open = false;
            loop.timers()
                    .schedule(deadline, route.options().limits().closeTimeout().toNanos());
            List.copyOf(groups).forEach(members -> members.remove(this));
            handlers.closed(engine.closeCode(), engine.closeReason());
            flush();
            updateReading();
            if (outbound.isEmpty()) {
                hangUp();
            }
        }
    }

    /** RFC 6455 7.1.1: the server closes first; half of the connection, until the other side has done the same. */
    private void hangUp() {
        HalfClose.of(context);
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
        boolean read = closing || !(paused || outbound.isCongested() || handlers.isFull());
        Channel channel = context.channel();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
    }

    /** The channel is closed: lets go of everything. */
    void gone() {
        if (phase == Phase.GONE) {
            return;
        }
        boolean told = phase == Phase.LINGERING;
        phase = Phase.GONE;
        open = false;
        loop.timers().cancel(deadline);
        List.copyOf(groups).forEach(members -> members.remove(this));
        outbound.release();
        engine.lost();
        engine.release();
        route.webSockets().gone(this);
        if (!told) {
            handlers.closed(engine.closeCode(), engine.closeReason());
        }
    }

    private void onDeadline() {
        if (phase == Phase.LINGERING || !engine.maySend()) {
            if (phase == Phase.OPEN) {
                route.webSockets().counters().closeTimeouts.increment();
            }
            cut();
            return;
        }
        switch (idle.check(paused || handlers.isFull(), outbound.progressMark())) {
            case ALIVE -> loop.timers().schedule(deadline, idle.nanosToNextCheck());
            case ASK -> {
                engine.ping(new byte[0]);
                sent(0);
                loop.timers().schedule(deadline, idle.nanosToNextCheck());
            }
            case DEAD -> {
                route.webSockets().counters().idleTimeouts.increment();
                close(CloseCode.GOING_AWAY, "nothing was heard for too long");
            }
        }
    }

    private final class ConnectionDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            onDeadline();
        }
    }
}
