package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

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

    private final ChannelHandlerContext context;
    private final Listener listener;
    private final @Nullable Socket socket;
    private @Nullable ByteBuf batch;
    private long backlog;
    private long taken;
    private boolean congested;
    /** Whether Netty's outbound buffer has been seen empty: since then all that is in it is the backlog. */
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
        this.context = context;
        this.listener = listener;
        this.socket = directSocket(context);
    }

    private static @Nullable Socket directSocket(ChannelHandlerContext context) {
        Channel channel = context.channel();
        boolean direct = channel instanceof EpollSocketChannel || channel instanceof KQueueSocketChannel;
        return direct && hasNothingBefore(context) && ((UnixChannel) channel).fd() instanceof Socket found
                ? found
                : null;
    }

    /** Whether nobody in the pipeline is to see what is written, as TLS is, or a tap. */
    private static boolean hasNothingBefore(ChannelHandlerContext context) {
        for (Map.Entry<String, ChannelHandler> entry : context.pipeline()) {
            if (entry.getValue() == context.handler()) {
                return true;
            }
            if (entry.getValue() instanceof ChannelOutboundHandler) {
                return false;
            }
        }
        return true;
    }

    /** The buffer that the next flush will send; to be appended to only. */
    public ByteBuf batch() {
        if (batch == null) {
            batch = context.alloc().directBuffer(FIRST_CAPACITY);
        }
        return batch;
    }

    /**
     * Appends bytes to what the next flush will send; no system call.
     *
     * @param wire copied; it may be shared with other connections
     */
    public void write(byte[] wire) {
        batch().writeBytes(wire);
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
        ChannelOutboundBuffer queued = context.channel().unsafe().outboundBuffer();
        return taken + (queued == null ? 0 : queued.currentProgress());
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
        if (bytes == null) {
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
        if (socket == null || batch != null || !mayBypassQueue(socket)) {
            writeShared(shared);
            flush();
            return;
        }
        int sent = send(socket, shared);
        int left = shared.readableBytes() - sent;
        if (left > 0) {
            queue(context.alloc().directBuffer(left).writeBytes(shared, shared.readerIndex() + sent, left));
        }
    }

    /** Lets go of what was not flushed: the connection is gone. */
    public void release() {
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    /** Whether nothing is in Netty's outbound buffer, an answer before the first batch included. */
    private boolean mayBypassQueue(Socket direct) {
        // Of a socket that is closed, the descriptor's number may be another connection's by now.
        return backlog == 0 && direct.isOpen() && (isAlone || becomesAlone());
    }

    private boolean becomesAlone() {
        ChannelOutboundBuffer queued = context.channel().unsafe().outboundBuffer();
        // By the bytes, since what was written and not flushed yet does not count for isEmpty().
        isAlone = queued != null && queued.totalPendingWriteBytes() == 0;
        return isAlone;
    }

    private int send(Socket open, ByteBuf bytes) {
        try {
            if (bytes.hasMemoryAddress()) {
                return open.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
            }
            ByteBuffer view = bytes.nioBuffer();
            return open.send(view, view.position(), view.limit());
        } catch (IOException gone) {
            // The write that follows fails likewise and closes the channel, which is where it is told.
            return 0;
        }
    }

    private void queue(ByteBuf bytes) {
        int size = bytes.readableBytes();
        backlog += size;
        context.writeAndFlush(bytes).addListener(done -> dequeued(size));
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
