package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * The way out of one connection: gathers what is written between two flushes in one buffer, and sends that with one
 * system call.
 *
 * <p>Where the socket allows it (epoll and kqueue, without TLS and taps) a flush hands the bytes to the socket itself, past
 * Netty's outbound buffer. What the socket does not take goes through that buffer, and everything after it too until it
 * is empty again, so that the order stays. Those bytes are the backlog, counted here. From the first flush on, nobody else
 * may write to the channel. All methods are the loop's.
 */
@OnLoop
public final class Outbound implements Supplier<ByteBuf> {
    /** With this much waiting, in bytes, the connection calls itself not writable... */
    public static final int HIGH_WATERMARK = 64 * 1024;
    /** ...until no more than this waits. */
    public static final int LOW_WATERMARK = 32 * 1024;

    /** What a batch begins with: most hold a few short messages, and making one wider later costs as much as a message. */
    public static final int FIRST_CAPACITY = 2048;

    private final Loop loop;
    private final Listener listener;
    private Wire wire;
    private @Nullable Socket socket;
    private boolean held;
    private @Nullable ByteBuf batch;
    private long backlog;
    private volatile long publishedBacklog;
    private long taken;
    private boolean congested;
    /** Whether the wire has been seen clear: since then all that waits there is the backlog. */
    private boolean isAlone;

    /** What is told of the backlog; on the loop. */
    public interface Listener {
        /** More than the high watermark waits, or, later, less than the low one. */
        void onCongestion(boolean congested);

        /** Some of what waited does not wait any more. */
        void onDequeued();
    }

    /**
     * The way out of a channel.
     *
     * @param loop the channel's home, for good
     * @param context that of the handler that writes
     */
    public Outbound(Loop loop, ChannelHandlerContext context, Listener listener) {
        this(loop, new ChannelWire(context), listener);
    }

    /** The way out by a wire, whose home is the loop. */
    public Outbound(Loop loop, Wire wire, Listener listener) {
        this.loop = loop;
        this.wire = wire;
        this.socket = wire.socket();
        this.listener = listener;
    }

    /** Sends nothing from now on, until {@link #exchange}. Nothing may be queued. */
    public void hold() {
        held = true;
    }

    /** Goes on by another wire. */
    public void exchange(Wire next) {
        wire = next;
        socket = next.socket();
        isAlone = false;
        held = false;
        flush();
    }

    /** The buffer that the next flush will send; to be appended to only. */
    @Override
    public ByteBuf get() {
        ByteBuf begun = batch;
        if (begun == null) {
            begun = begin();
            batch = begun;
        }
        return begun;
    }

    /** What the socket takes itself can be gathered in the loop's buffer; what is queued is the wire's. */
    private ByteBuf begin() {
        ByteBuf shared = socket == null ? null : loop.sendBuffer().tryTake();
        return shared != null ? shared : wire.allocator().directBuffer(FIRST_CAPACITY);
    }

    /**
     * Appends bytes to what the next flush will send; no system call.
     *
     * @param bytes copied; they may be shared with other connections
     */
    public void write(byte[] bytes) {
        get().writeBytes(bytes);
    }

    /** How many bytes wait: those that the socket did not take, and those not flushed yet. */
    public long backlog() {
        return backlog + batchSize();
    }

    /** The backlog as it was when bytes were last sent, or taken by the other side; for all threads. */
    public long backlogAtLastFlush() {
        return publishedBacklog;
    }

    /** How many bytes wait for the next flush. */
    public int batchSize() {
        return batch == null ? 0 : batch.readableBytes();
    }

    /** A number that changes whenever the other side has taken some of what waits. */
    public long progressMark() {
        return taken + wire.progress();
    }

    /** Whether so much waits that no more should be written. */
    public boolean isCongested() {
        return congested;
    }

    /** Whether nothing waits, and no buffer is held. */
    public boolean isEmpty() {
        return backlog == 0 && batch == null;
    }

    /** Sends what has been gathered. */
    public void flush() {
        ByteBuf bytes = batch;
        if (bytes == null || held) {
            return;
        }
        batch = null;
        if (socket != null && mayBypassQueue(socket)) {
            bytes.skipBytes(send(socket, bytes));
        }
        if (bytes.isReadable()) {
            queue(owned(bytes));
        } else {
            letGo(bytes);
        }
    }

    /**
     * Appends bytes that many connections share to what the next flush will send; no system call.
     *
     * @param shared borrowed; its indexes stay as they are
     */
    public void writeShared(ByteBuf shared) {
        get().writeBytes(shared, shared.readerIndex(), shared.readableBytes());
    }

    /**
     * Sends bytes that many connections share, without copying them unless the socket is full or something waits.
     *
     * @param shared borrowed; its indexes stay as they are
     */
    public void flushShared(ByteBuf shared) {
        if (socket == null || held || batch != null || !mayBypassQueue(socket)) {
            writeShared(shared);
            flush();
            return;
        }
        int sent = send(socket, shared);
        int left = shared.readableBytes() - sent;
        if (left > 0) {
            queue(copy(shared, shared.readerIndex() + sent, left));
        }
    }

    /** Lets go of what was not flushed: the connection is gone. */
    public void release() {
        ByteBuf unsent = batch;
        if (unsent != null) {
            batch = null;
            letGo(unsent);
        }
    }

    /** What the queue may keep: not the loop's buffer. */
    private ByteBuf owned(ByteBuf bytes) {
        if (!loop.sendBuffer().isOwner(bytes)) {
            return bytes;
        }
        ByteBuf own = copy(bytes, bytes.readerIndex(), bytes.readableBytes());
        letGo(bytes);
        return own;
    }

    private void letGo(ByteBuf bytes) {
        if (!loop.sendBuffer().giveBack(bytes)) {
            bytes.release();
        }
    }

    private ByteBuf copy(ByteBuf bytes, int from, int length) {
        return wire.allocator().directBuffer(length).writeBytes(bytes, from, length);
    }

    /** Whether nothing waits to be sent, an answer before the first batch included. */
    private boolean mayBypassQueue(Socket direct) {
        // Of a socket that is closed, the descriptor's number may be another connection's by now.
        return backlog == 0 && direct.isOpen() && (isAlone || becomesAlone());
    }

    private boolean becomesAlone() {
        isAlone = wire.isClear();
        return isAlone;
    }

    private static int send(Socket open, ByteBuf bytes) {
        try {
            return SendQueue.send(open, bytes);
        } catch (IOException gone) {
            // The write that follows fails likewise and closes the connection, which is where it is told.
            return 0;
        }
    }

    private void queue(ByteBuf bytes) {
        int size = bytes.readableBytes();
        backlog += size;
        publishedBacklog = backlog;
        wire.queue(bytes, () -> dequeued(size));
        // Not before the write: what the socket takes at once does not wait.
        if (!congested && backlog > HIGH_WATERMARK) {
            congested = true;
            listener.onCongestion(true);
        }
    }

    private void dequeued(int size) {
        backlog -= size;
        publishedBacklog = backlog;
        taken += size;
        if (congested && backlog <= LOW_WATERMARK) {
            congested = false;
            listener.onCongestion(false);
        }
        listener.onDequeued();
    }
}
