package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.posthorn.loop.HandlerQueue;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.ReceiveBuffers;
import io.posthorn.loop.TimerWheel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One WebSocket as its channel's only handler: what the channel reads goes to the engine, what the engine has written by
 * the end of the read leaves in one write. It owns everything of the connection, and lets go of it in {@link #gone}.
 * All methods are the loop's, but {@link #execute} and what only reads.
 */
@OnLoop
final class WebSocketHandler extends ChannelInboundHandlerAdapter implements Outbound.Listener {
    private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);
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
    private final @Nullable DeflateParameters deflate;
    private final WebSocket webSocket;
    private final UserHandlers handlers;
    private final Broadcasts broadcasts;
    private final IdleWatch idle;
    private final TimerWheel.Deadline deadline = new ConnectionDeadline();
    private final List<Members> groups = new ArrayList<>(0);
    private final Runnable flush = this::flushAtEndOfTurn;

    private Phase phase = Phase.OPEN;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Outbound outbound;
    private @Nullable WebSocketEngine engine;
    private boolean reading;
    private boolean flushDue;
    private volatile long bufferedBytes;
    private volatile boolean open = true;
    private volatile boolean writable = true;

    WebSocketHandler(
            WebSocketRoute route, Loop loop, WebSocketHandshake handshake, @Nullable DeflateParameters deflate) {
        this.route = route;
        this.loop = loop;
        this.deflate = deflate;
        this.broadcasts = route.webSockets().broadcasts(loop);
        this.idle = new IdleWatch(route.options().limits().idleTimeout(), loop.timers());
        this.webSocket = new WebSocket(this, handshake, route.webSockets().nextId());
        boolean blocking = route.options().handlerThread() == WebSocketOptions.HandlerThread.BLOCKING;
        HandlerQueue queue =
                blocking ? new HandlerQueue(route.webSockets().threads(), () -> execute(this::updateReading)) : null;
        this.handlers = new UserHandlers(route, webSocket, queue);
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

    Broadcasts broadcasts() {
        return broadcasts;
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

    // What the channel tells.

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        Outbound out = new Outbound(ctx, this);
        outbound = out;
        engine = new WebSocketEngine(route.options(), deflate, loop.scratch(), handlers, out::batch);
        ReceiveBuffers.share(ctx.channel());
        route.webSockets().opened(this);
        loop.timers().schedule(deadline, idle.nanosToNextCheck());
        handlers.connected();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (phase == Phase.OPEN) {
                reading = true;
                idle.heard();
                ByteBuffer bytes = in.nioBufferCount() == 1
                        ? in.internalNioBuffer(in.readerIndex(), in.readableBytes())
                        : in.nioBuffer();
                engine().receive(bytes);
                afterEngine();
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        if (phase != Phase.GONE) {
            route.webSockets().counters().messagesReceived.add(engine().takeMessagesReceived());
            flush();
            updateReading();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("{} failed", webSocket, cause);
        cut();
    }

    // What the outbound side tells.

    @Override
    public void onCongestion(boolean congested) {
        writable = !congested;
        if (phase == Phase.OPEN) {
            if (!congested) {
                idle.heard();
                handlers.writable();
            }
            updateReading();
        }
    }

    @Override
    public void onEmpty() {
        if (phase == Phase.LINGERING) {
            hangUp();
        }
    }

    // What the application asks for.

    void sendText(String text) {
        if (admits()) {
            engine().sendText(text);
            sent(1);
        }
    }

    void sendBinary(byte[] bytes) {
        if (admits()) {
            engine().sendBinary(bytes);
            sent(1);
        }
    }

    void sendFragments(String[] parts) {
        if (admits()) {
            engine().sendFragments(parts);
            sent(1);
        }
    }

    void send(PreparedMessage message) {
        if (admits()) {
            engine().sendPrepared(message);
            sent(1);
        }
    }

    void ping(byte[] payload) {
        if (admits()) {
            engine().ping(payload);
            sent(0);
        }
    }

    /** Sends what all members of a group get: frames that are encoded once, in a buffer that is borrowed. */
    void sendShared(ByteBuf frames, int messages) {
        engine().showShared(frames);
        outbound().flushShared(frames);
        route.webSockets().counters().messagesSent.add(messages);
        bufferedBytes = outbound().backlog();
    }

    /** Whether a broadcast may be sent; changes nothing, so that it can be asked during the walk over the members. */
    boolean takesBroadcasts() {
        return phase == Phase.OPEN && engine().maySend() && !isOverfull();
    }

    boolean isOverfull() {
        return outbound().backlog() > route.options().limits().maxOutbound();
    }

    void close(int code, String reason) {
        if (phase == Phase.OPEN && engine().maySend()) {
            broadcasts.deliver();
            engine().close(code, reason);
            open = false;
            loop.timers()
                    .schedule(deadline, route.options().limits().closeTimeout().toNanos());
            updateReading();
            sent(0);
        }
    }

    /** Too much waits to be sent: the connection ends, so that it costs no more. */
    void overflow() {
        if (phase == Phase.OPEN && !engine().isClosed()) {
            route.webSockets().counters().slowReaders.increment();
            engine().fail(CloseCode.POLICY_VIOLATION, "too slow: too much waits to be sent");
            afterEngine();
        }
    }

    /** Ends without another word. */
    void cut() {
        context().close();
    }

    void tap(FrameTap tap) {
        engine().tap(tap);
    }

    void joined(Members members) {
        groups.add(members);
    }

    void left(Members members) {
        groups.remove(members);
    }

    boolean isGone() {
        return phase == Phase.GONE;
    }

    private boolean admits() {
        if (phase != Phase.OPEN || !engine().maySend()) {
            return false;
        }
        broadcasts.deliver(); // what was broadcast before leaves before
        if (isOverfull()) {
            overflow();
            return false;
        }
        return true;
    }

    private void sent(int messages) {
        route.webSockets().counters().messagesSent.add(messages);
        bufferedBytes = outbound().backlog();
        if (outbound().batchSize() >= FLUSH_SIZE) {
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

    private void flush() {
        outbound().flush();
        bufferedBytes = outbound().backlog();
    }

    /** The engine has seen something: if that was the end, nothing more is said. */
    private void afterEngine() {
        if (phase == Phase.OPEN && engine().isClosed()) {
            phase = Phase.LINGERING;
            open = false;
            loop.timers()
                    .schedule(deadline, route.options().limits().closeTimeout().toNanos());
            leaveGroups();
            handlers.closed(engine().closeCode(), engine().closeReason());
            flush();
            updateReading();
            if (outbound().isEmpty()) {
                hangUp();
            }
        }
    }

    /** RFC 6455 7.1.1: the server closes first; half of the connection, until the other side has done the same. */
    private void hangUp() {
        Channel channel = context().channel();
        boolean tls = context().pipeline().get(SslHandler.class) != null;
        if (!tls && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    /** A client that does not read what it is sent, or whose handlers are behind, is not read from. */
    private void updateReading() {
        if (phase == Phase.GONE) {
            return;
        }
        boolean closing = phase == Phase.LINGERING || !engine().maySend();
        boolean read = closing || !(outbound().isCongested() || handlers.isFull());
        Channel channel = context().channel();
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
        }
    }

    private void leaveGroups() {
        for (Members members : List.copyOf(groups)) {
            members.remove(this);
        }
    }

    private void gone() {
        if (phase == Phase.GONE) {
            return;
        }
        boolean told = phase == Phase.LINGERING;
        phase = Phase.GONE;
        open = false;
        loop.timers().cancel(deadline);
        leaveGroups();
        outbound().release();
        engine().lost();
        engine().release();
        route.webSockets().gone(this);
        if (!told) {
            handlers.closed(engine().closeCode(), engine().closeReason());
        }
    }

    private void onDeadline() {
        if (phase == Phase.LINGERING || !engine().maySend()) {
            if (phase == Phase.OPEN) {
                route.webSockets().counters().closeTimeouts.increment();
            }
            cut();
            return;
        }
        switch (idle.check(handlers.isFull(), outbound().progressMark())) {
            case ALIVE -> loop.timers().schedule(deadline, idle.nanosToNextCheck());
            case ASK -> {
                engine().ping(new byte[0]);
                sent(0);
                loop.timers().schedule(deadline, idle.nanosToNextCheck());
            }
            case DEAD -> {
                route.webSockets().counters().idleTimeouts.increment();
                close(CloseCode.GOING_AWAY, "nothing was heard for too long");
            }
        }
    }

    private ChannelHandlerContext context() {
        return present(context);
    }

    private Outbound outbound() {
        return present(outbound);
    }

    private WebSocketEngine engine() {
        return present(engine);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the handler is not in a pipeline yet");
        }
        return value;
    }

    private final class ConnectionDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            onDeadline();
        }
    }
}
