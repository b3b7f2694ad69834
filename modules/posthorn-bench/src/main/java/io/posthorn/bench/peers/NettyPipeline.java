package io.posthorn.bench.peers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;

/** What Netty's documentation puts into a WebSocket server's connection. */
final class NettyPipeline extends ChannelInitializer<SocketChannel> {
    private static final int MAX_MESSAGE = 65535;
    private static final WebSocketServerProtocolConfig WEB_SOCKET = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .maxFramePayloadLength(MAX_MESSAGE)
            .build();

    private final FanOut fanOut;

    NettyPipeline(FanOut fanOut) {
        this.fanOut = fanOut;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(MAX_MESSAGE))
                .addLast(new WebSocketServerProtocolHandler(WEB_SOCKET))
                .addLast(new Handshaken());
    }

    /** Stands at the end until it is known which path was asked for. */
    private final class Handshaken extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete handshake) {
                boolean echo = handshake.requestUri().startsWith("/echo");
                context.pipeline().replace(this, null, echo ? new Echo() : fanOut.join(context.channel()));
            }
        }
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            context.write(frame);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
