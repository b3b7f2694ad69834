package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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

import java.util.Map;

/** A Netty channel, with what stands before it in its pipeline: TLS, or a tap. What comes is its handler's business. */
@OnLoop
public final class ChannelWire implements Wire {
    private final ChannelHandlerContext context;
    private final @Nullable Socket socket;

    /** The channel's wire; the context is that of the handler that reads and writes. */
    public ChannelWire(ChannelHandlerContext context) {
        this.context = context;
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

    @Override
    public @Nullable Socket socket() {
        return socket;
    }

    @Override
    public ByteBufAllocator allocator() {
        return context.alloc();
    }

    /** Whether nothing is in Netty's outbound buffer, an answer before the first batch included. */
    @Override
    public boolean isClear() {
        ChannelOutboundBuffer queued = context.channel().unsafe().outboundBuffer();
        // Without a buffer the channel is closed, and its descriptor's number may be another connection's by now.
        // By the bytes, since what was written and not flushed yet does not count for isEmpty().
        return queued != null && queued.totalPendingWriteBytes() == 0;
    }

    @Override
    public void queue(ByteBuf bytes, Runnable onGone) {
        context.writeAndFlush(bytes).addListener(done -> onGone.run());
    }

    @Override
    public long progress() {
        ChannelOutboundBuffer queued = context.channel().unsafe().outboundBuffer();
        return queued == null ? 0 : queued.currentProgress();
    }

    @Override
    public boolean isReading() {
        return context.channel().config().isAutoRead();
    }

    @Override
    public void read(boolean wanted) {
        context.channel().config().setAutoRead(wanted);
    }

    @Override
    public void halfClose() {
        HalfClose.of(context);
    }

    @Override
    public void close() {
        context.close();
    }
}
