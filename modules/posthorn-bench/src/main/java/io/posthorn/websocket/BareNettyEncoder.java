package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

import java.util.ArrayList;
import java.util.List;

/** Netty's encoder without the pipeline around it: its method that encodes, called. */
final class BareNettyEncoder extends WebSocket13FrameEncoder {
    private final ChannelHandlerContext context;
    private final List<Object> out = new ArrayList<>(2);

    BareNettyEncoder() {
        super(false);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.pipeline().addLast(this);
        context = channel.pipeline().context(this);
    }

    /** How many bytes a text becomes. */
    int text(String text) throws Exception {
        return written(new TextWebSocketFrame(text));
    }

    /** How many bytes a binary message becomes. */
    int binary(byte[] bytes) throws Exception {
        return written(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    private int written(WebSocketFrame frame) throws Exception {
        encode(context, frame, out);
        frame.release();
        int written = 0;
        for (Object part : out) {
            ByteBuf direct = direct((ByteBuf) part);
            written += direct.readableBytes();
            direct.release();
        }
        out.clear();
        return written;
    }

    /** As Netty's channels do before they write. */
    private static ByteBuf direct(ByteBuf part) {
        if (part.isDirect()) {
            return part;
        }
        ByteBuf direct = PooledByteBufAllocator.DEFAULT.directBuffer(part.readableBytes());
        direct.writeBytes(part);
        part.release();
        return direct;
    }
}
