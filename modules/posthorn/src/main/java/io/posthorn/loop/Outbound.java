package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

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
public final class Outbound {
    /** With this much waiting, in bytes, the connection calls itself not writable... */
    public static final int HIGH_WATERMARK = 64 * 1024;
    /** ...until no more than this waits. */
    public static final int LOW_WATERMARK = 32 * 1024;

    /** What a batch begins with: most hold a few short messages, and making one wider later costs as much as a message. */
    public static final int FIRST_CAPACITY = 2048;

    private final Listener listener;
    private Wire wire;
    private @Nullable Socket socket;
    private boolean held;
    private @Nullable ByteBuf batch;
    private long backlog;
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

    /** The way out of the channel; the context is that of the handler that writes. */
    public Outbound(ChannelHandlerContext context, Listener listener) {
        this(new ChannelWire(context), listener);
    }

    /** The way out by a wire. */
    public Outbound(Wire wire, Listener listener) {
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
    public ByteBuf batch() {
        if (batch == null) {
            batch = wire.allocator().directBuffer(FIRST_CAPACITY);
        }
        return batch;
    }

    /**
     * Appends bytes to what the next flush will send; no system call.
     *
     * @param bytes copied; they may be shared with other connections
     */
    public void write(byte[] bytes) {
        batch().writeBytes(bytes);
    }

    /** How many bytes wait: those that the socket did not take, and those not flushed yet. */
    public long backlog() {
        return backlog + batchSize();
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
            queue(bytes);
        } else {
            bytes.release();
        }
    }

    /**
     * Appends bytes that many connections share to what the next flush will send; no system call.
     *
     * @param shared borrowed; its indexes stay as they are
     */
    public void writeShared(ByteBuf shared) {
        batch().writeBytes(shared, shared.readerIndex(), shared.readableBytes());
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
            queue(wire.allocator().directBuffer(left).writeBytes(shared, shared.readerIndex() + sent, left));
        }
    }

    /** Lets go of what was not flushed: the connection is gone. */
    public void release() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
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
        wire.queue(bytes, () -> dequeued(size));
        // Not before the write: what the socket takes at once does not wait.
        if (!congested && backlog > HIGH_WATERMARK) {
            congested = true;
            listener.onCongestion(true);
        }
    }

    private void dequeued(int size) {
        backlog -= size;
        taken += size;
        if (congested && backlog <= LOW_WATERMARK) {
            congested = false;
            listener.onCongestion(false);
        }
        listener.onDequeued();
    }
}
