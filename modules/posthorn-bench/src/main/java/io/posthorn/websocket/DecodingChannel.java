package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that turns a client's frames into messages, as a server's would: a {@link String} or an array for each. A
 * read goes straight into the pipeline, without what {@link EmbeddedChannel} does around one.
 */
final class DecodingChannel {
    private static final int MAX_PAYLOAD = 1 << 20;

    private final ChannelPipeline pipeline;
    private final ByteBuf frames;
    private final int length;
    private final Messages messages;

    private DecodingChannel(ByteBuf frames, Messages messages, ChannelHandler... handlers) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        this.pipeline = channel.pipeline().addLast(handlers);
        this.frames = frames;
        this.length = frames.readableBytes();
        this.messages = messages;
    }

    static DecodingChannel posthorn(ByteBuf frames) {
        PosthornHandler handler = new PosthornHandler();
        return new DecodingChannel(frames, handler, handler);
    }

    static DecodingChannel netty(ByteBuf frames) {
        NettyMessages sink = new NettyMessages();
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_PAYLOAD)
                .build();
        return new DecodingChannel(frames, sink, new WebSocket13FrameDecoder(config), new Utf8FrameValidator(), sink);
    }

    /** Lets the pipeline read all of the frames; the message of the last. */
    @Nullable
    Object read() {
        pipeline.fireChannelRead(frames.setIndex(0, length).retain());
        pipeline.fireChannelReadComplete();
        return messages.last();
    }

    private interface Messages {
        @Nullable
        Object last();
    }

    /** As the library's own handler does it: the engine's decoder reads where the bytes stand. */
    private static final class PosthornHandler extends ChannelInboundHandlerAdapter implements Messages {
        private final LastMessage sink = new LastMessage();
        private final FrameDecoder decoder = sink.decoder(MAX_PAYLOAD);

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            decoder.decode(in.internalNioBuffer(in.readerIndex(), in.readableBytes()));
            in.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {}

        @Override
        public @Nullable Object last() {
            return sink.last();
        }
    }

    private static final class NettyMessages extends ChannelInboundHandlerAdapter implements Messages {
        private @Nullable Object last;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            WebSocketFrame frame = (WebSocketFrame) message;
            last = frame instanceof TextWebSocketFrame text ? text.text() : ByteBufUtil.getBytes(frame.content());
            frame.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {}

        @Override
        public @Nullable Object last() {
            return last;
        }
    }
}
