package io.posthorn.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;

/** Netty's check for UTF-8, through the handler that has it, and one that counts what passes. */
final class NettyUtf8Check {
    private final Utf8FrameValidator validator = new Utf8FrameValidator();
    private final Passed passed = new Passed();
    private final ChannelHandlerContext context;

    NettyUtf8Check() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast(validator, passed);
        context = channel.pipeline().context(validator);
    }

    /** Checks a frame, which is borrowed. */
    int check(TextWebSocketFrame frame) throws Exception {
        validator.channelRead(context, frame);
        return passed.count;
    }

    private static final class Passed extends ChannelInboundHandlerAdapter {
        private int count;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            count++;
        }
    }
}
