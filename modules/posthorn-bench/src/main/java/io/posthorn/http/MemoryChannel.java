package io.posthorn.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.posthorn.loop.Loop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A server's connection in memory: the other side takes every byte at once, without a system call, and keeps none. It lives
 * on a loop of its server, as one of a socket does, which neither Netty's embedded nor its local channel can.
 */
public final class MemoryChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private final ChannelConfig config = new DefaultChannelConfig(this);
    private boolean open = true;
    private long taken;

    private MemoryChannel() {
        super(null);
        config.setAllocator(PooledByteBufAllocator.DEFAULT);
    }

    /** Connects and sends a request, on a loop of the server. */
    public static MemoryChannel connect(HttpServer server, Loop loop, String request) {
        MemoryChannel channel = new MemoryChannel();
        loop.eventLoop().register(channel);
        server.open(channel);
        channel.receive(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
        return channel;
    }

    /** Lets the server read what the other side has sent, on its loop; takes the bytes. */
    public void receive(ByteBuf bytes) {
        pipeline().fireChannelRead(bytes);
        pipeline().fireChannelReadComplete();
    }

    /** How many bytes the other side has taken so far. */
    public long taken() {
        return taken;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer written) {
        for (Object bytes = written.current(); bytes != null; bytes = written.current()) {
            taken += ((ByteBuf) bytes).readableBytes();
            written.remove();
        }
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected SocketAddress localAddress0() {
        return address;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return address;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Connected();
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("it is connected already");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        open = false;
    }

    @Override
    protected void doBeginRead() {}

    private final class Connected extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("it is connected already"));
        }
    }
}
