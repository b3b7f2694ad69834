package io.posthorn.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;

import java.util.function.Consumer;

/**
 * Takes a socket out of its channel, which is left to the collector: where the loop waits by epoll and only one handler is
 * left in the pipeline, so that nobody else wants to see the bytes. Elsewhere the channel stays.
 *
 * <pre>
 *   channel ── deregistered ──► (held) ── its socket registered ──► wire
 * </pre>
 *
 * Nothing is read nor may be sent between the two; what comes meanwhile waits in the system. From then on whoever still has
 * the channel can only close it, by way of its handler.
 */
public final class SocketTakeover {
    private SocketTakeover() {}

    /** Whether a channel's socket can be had: for a handler that is its pipeline's only one. */
    @OnLoop
    public static boolean isPossible(Channel channel, ChannelHandler handler) {
        ChannelPipeline pipeline = channel.pipeline();
        ChannelOutboundBuffer queued = channel.unsafe().outboundBuffer();
        return channel instanceof EpollSocketChannel epoll
                && epoll.fd() instanceof Socket
                && channel.isRegistered()
                && channel.isActive()
                && pipeline.first() == handler
                && pipeline.last() == handler
                && queued != null
                && queued.totalPendingWriteBytes() == 0;
    }

    /**
     * Takes it.
     *
     * @param reader hears what comes from then on
     * @param departure run when the connection has ended: the channel never closes
     * @param taken given the wire; never where the connection ends before, which is the channel's to tell
     */
    @OnLoop
    public static void begin(Channel channel, Loop loop, Wire.Reader reader, Runnable departure, Consumer<Wire> taken) {
        channel.deregister().addListener(left -> {
            if (!channel.isOpen()) {
                return;
            }
            boolean reading = channel.config().isAutoRead();
            Socket socket = (Socket) ((EpollSocketChannel) channel).fd();
            SocketWire wire = new SocketWire(loop, socket, reading, reader, departure);
            taken.accept(wire);
            wire.begin();
        });
    }
}
