package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.posthorn.loop.ChannelWire;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.ReceiveBuffers;
import io.posthorn.loop.SocketTakeover;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A WebSocket's only handler in its channel's pipeline: hands what is read to the {@link WebSocketConnection}, until that has
 * its bare socket, where it can have it.
 */
@OnLoop
final class WebSocketHandler extends ChannelDuplexHandler {
    private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);

    private final WebSocketRoute route;
    private final Loop loop;
    private final WebSocketHandshake handshake;
    private final Consumer<WebSocket> onConnection;
    private final Runnable departure;
    private @Nullable WebSocketConnection connection;
    private boolean hasLeft;

    /**
     * A handler for one channel.
     *
     * @param departure to be run at the end where the connection leaves its channel before
     */
    WebSocketHandler(
            WebSocketRoute route,
            Loop loop,
            WebSocketHandshake handshake,
            Consumer<WebSocket> onConnection,
            Runnable departure) {
        this.route = route;
        this.loop = loop;
        this.handshake = handshake;
        this.onConnection = onConnection;
        this.departure = departure;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // What the HTTP decoder has got so far is its own; TLS keeps what it is given, for good.
        if (context.pipeline().get(SslHandler.class) == null) {
            ReceiveBuffers.share(context.channel(), loop);
        }
        connection = new WebSocketConnection(route, loop, handshake, new ChannelWire(context));
        connection.start(onConnection);
        // When the answer has left, and what came behind the request is handled.
        loop.eventLoop().execute(() -> leave(context.channel()));
    }

    private void leave(Channel channel) {
        if (SocketTakeover.isPossible(channel, this) && connection().hold()) {
            SocketTakeover.begin(channel, loop, connection(), departure, wire -> {
                hasLeft = true;
                connection().exchange(wire);
            });
        }
    }

    /** Who has kept the channel may still want to end the connection by it. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (hasLeft) {
            connection().cut();
            promise.setSuccess();
        } else {
            context.close(promise);
        }
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
