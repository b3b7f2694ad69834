package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.ReceiveBuffers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;

/** A WebSocket's only handler in its channel's pipeline: hands what is read to the {@link WebSocketConnection}. */
@OnLoop
final class WebSocketHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);

    private final WebSocketRoute route;
    private final Loop loop;
    private final WebSocketHandshake handshake;
    private final @Nullable DeflateParameters deflate;
    private @Nullable WebSocketConnection connection;

    WebSocketHandler(
            WebSocketRoute route, Loop loop, WebSocketHandshake handshake, @Nullable DeflateParameters deflate) {
        this.route = route;
        this.loop = loop;
        this.handshake = handshake;
        this.deflate = deflate;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // What the HTTP decoder has got so far is its own; TLS keeps what it is given, for good.
        if (context.pipeline().get(SslHandler.class) == null) {
            ReceiveBuffers.share(context.channel(), loop);
        }
        connection = new WebSocketConnection(route, loop, handshake, deflate, context);
        connection.start();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            // Bytes that the HTTP decoder held back may come as a composite; what the socket reads never does.
            ByteBuffer bytes = in.nioBufferCount() == 1
                    ? in.internalNioBuffer(in.readerIndex(), in.readableBytes())
                    : in.nioBuffer();
            connection().received(bytes);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        connection().readComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection().gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("{} failed", context.channel(), cause);
        connection().cut();
    }

    private WebSocketConnection connection() {
        WebSocketConnection added = connection;
        if (added == null) {
            throw new IllegalStateException("the handler is not in a pipeline yet");
        }
        return added;
    }
}
