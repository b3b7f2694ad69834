package io.posthorn.http;

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

/** A stream's only handler in its channel's pipeline: drops what is read, and notices the end. */
@OnLoop
final class HttpStreamHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(HttpStreamHandler.class);

    private final Loop loop;
    private final boolean chunked;
    private final HttpStream.Listener listener;
    private @Nullable HttpStream stream;

    HttpStreamHandler(Loop loop, boolean chunked, HttpStream.Listener listener) {
        this.loop = loop;
        this.chunked = chunked;
        this.listener = listener;
    }

    HttpStream stream() {
        HttpStream added = stream;
        if (added == null) {
            throw new IllegalStateException("the handler is not in a pipeline yet");
        }
        return added;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // What the HTTP decoder has got so far is its own; TLS keeps what it is given, for good.
        if (context.pipeline().get(SslHandler.class) == null) {
            ReceiveBuffers.share(context.channel(), loop);
        }
        HttpStream begun = new HttpStream(loop, context, chunked, listener);
        stream = begun;
        loop.mailbox().atEndOfTurn(begun::flushHead);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        int bytes = in.readableBytes();
        in.release();
        stream().drop(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stream().closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("{} failed", context.channel(), cause);
        stream().cut();
    }
}
