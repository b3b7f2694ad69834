package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

import java.util.ArrayList;
import java.util.List;

/** Netty's decoder without the pipeline around it and without a check for UTF-8: its method that decodes, called. */
final class BareNettyDecoder extends WebSocket13FrameDecoder {
    private final ChannelHandlerContext context;
    private final List<Object> out = new ArrayList<>(1);

    BareNettyDecoder(int maxPayload) {
        super(WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxPayload)
                .build());
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.pipeline().addLast(this);
        context = channel.pipeline().context(this);
    }

    /** The message of the one frame in a buffer, which is borrowed. */
    Object message(ByteBuf in) throws Exception {
        decode(context, in, out);
        WebSocketFrame frame = (WebSocketFrame) out.remove(0);
        Object message = frame instanceof TextWebSocketFrame text ? text.text() : ByteBufUtil.getBytes(frame.content());
        frame.release();
        return message;
    }
}
