package io.posthorn.bench.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;

/** The fan-out that Netty offers: one call to a group, which writes, encodes and flushes for each connection. */
@Sharable
final class Everybody extends ChannelInboundHandlerAdapter implements FanOut {
    private final ChannelGroup channels;

    Everybody(EventExecutor loop) {
        channels = new DefaultChannelGroup(loop);
    }

    @Override
    public ChannelHandler join(Channel channel) {
        channels.add(channel);
        return this;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        channels.writeAndFlush(frame);
    }
}
