package io.posthorn.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Netty's request decoder, made strict and made to wait: it lets one request through and then holds back what follows
 * until {@link #resume}. So pipelined requests are answered in order, and bytes behind a request that becomes an upgrade
 * are never taken for HTTP. While it waits it keeps reading, to see the other side go, as long as {@link #MAX_HELD} bytes
 * suffice for what comes.
 *
 * <p>What it refuses comes out as an {@link HttpException} in place of the message; it is deaf after that.
 */
@OnLoop
final class StrictRequestDecoder extends HttpRequestDecoder {
    /** How many bytes are held back at most while an answer is pending. */
    static final int MAX_HELD = 64 * 1024;

    /** Per chunk of the body a peer may send framing; all of it together may cost this much over twice the body. */
    private static final int CHUNK_OVERHEAD = 64 * 1024;

    private static final byte[] NOTHING = {};

    private enum Phase {
        HEAD,
        BODY,
        HOLDING,
        DISCARDING
    }

    private final HeadScanner scanner;
    private final long maxBodyWireBytes;
    private @Nullable ChannelHandlerContext context;
    private Phase phase = Phase.HEAD;
    private int scanned;
    private long bodyWireBytes;
    private long wireBytes;
    private long discarded;
    private boolean reading;

    StrictRequestDecoder(HttpLimits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(Math.max(limits.maxRequestLine(), 4096))
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setHeadersFactory(OneLengthHeaders.FACTORY));
        this.scanner = new HeadScanner(limits);
        this.maxBodyWireBytes = 2L * limits.maxBody() + CHUNK_OVERHEAD;
    }

    /** Whether a head has begun and is not complete. */
    boolean isInHead() {
        return phase == Phase.HEAD && scanner.hasBegun();
    }

    /** How many bytes are held back. */
    int held() {
        return phase == Phase.HOLDING ? actualReadableBytes() : 0;
    }

    /** What is held back; a copy. */
    byte[] heldBytes() {
        return held() > 0 ? ByteBufUtil.getBytes(internalBuffer()) : NOTHING;
    }

    /** How many bytes the request that was let through had on the wire. */
    long wireBytes() {
        return wireBytes;
    }

    /** How many bytes were dropped. */
    long discarded() {
        return discarded;
    }

    /** Lets the next request through, at once where its bytes are there. */
    void resume() {
        if (phase != Phase.HOLDING) {
            return;
        }
        phase = Phase.HEAD;
        wireBytes = 0;
        ChannelHandlerContext ctx = context;
        if (reading || ctx == null) {
            return; // the decoder is above in this call stack and goes on by itself
        }
        if (actualReadableBytes() > 0) {
            decodeHeld(ctx);
        }
        if (phase != Phase.HOLDING) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** Drops whatever comes from now on. */
    void discard() {
        phase = Phase.DISCARDING;
        if (context != null) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        reading = true;
        try {
            super.channelRead(ctx, input);
        } finally {
            reading = false;
        }
        boundHeldBytes(ctx);
    }

    /** Without Netty's own read when nothing came out: it would go on reading past the bound. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        switch (phase) {
            case HEAD -> decodeHead(ctx, in, out);
            case BODY -> decodeBody(ctx, in, out);
            case HOLDING -> {}
            case DISCARDING -> {
                discarded += in.readableBytes();
                in.skipBytes(in.readableBytes());
            }
        }
    }

    /** What the end of the connection cuts off is nobody's. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {}

    private void decodeHeld(ChannelHandlerContext ctx) {
        try {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
        } catch (Exception failure) {
            ctx.fireExceptionCaught(failure);
        }
        channelReadComplete(ctx);
    }

    private void boundHeldBytes(ChannelHandlerContext ctx) {
        int held = held();
        if (held > 0 && held + ctx.channel().unsafe().recvBufAllocHandle().guess() > MAX_HELD) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void decodeHead(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        try {
            scanned += scanner.scan(in, in.readerIndex() + scanned, in.readableBytes() - scanned);
        } catch (HttpException refusal) {
            refuse(refusal, in, out);
            return;
        }
        int start = in.readerIndex();
        super.decode(ctx, in, out);
        scanned -= in.readerIndex() - start;
        wireBytes += in.readerIndex() - start;
        follow(in, out);
    }

    private void decodeBody(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int start = in.readerIndex();
        super.decode(ctx, in, out);
        bodyWireBytes += in.readerIndex() - start;
        wireBytes += in.readerIndex() - start;
        if (bodyWireBytes > maxBodyWireBytes) {
            refuse(new HttpException(Refusal.BODY_TOO_LARGE, "more chunk framing than body"), in, out);
            return;
        }
        follow(in, out);
    }

    /** Follows what came out into the next phase. */
    private void follow(ByteBuf in, List<Object> out) {
        for (int i = 0; i < out.size(); i++) {
            Object message = out.get(i);
            if (message instanceof DecoderResultProvider result
                    && result.decoderResult().isFailure()) {
                refuse(refusal(result.decoderResult().cause()), in, out);
                return;
            }
            if (message instanceof LastHttpContent) {
                phase = Phase.HOLDING;
                scanner.reset();
                scanned = 0;
                bodyWireBytes = 0;
            } else if (message instanceof HttpRequest) {
                phase = Phase.BODY;
            }
        }
    }

    private void refuse(HttpException refusal, ByteBuf in, List<Object> out) {
        out.forEach(ReferenceCountUtil::release);
        out.clear();
        in.skipBytes(in.readableBytes());
        out.add(refusal);
        discard();
    }

    private HttpException refusal(Throwable cause) {
        if (cause instanceof HttpException refusal) {
            return refusal;
        }
        return cause instanceof TooLongHttpHeaderException
                ? new HttpException(Refusal.HEADERS_TOO_LARGE, "the headers are too long")
                : HttpException.badRequest(
                        phase == Phase.BODY ? "a malformed chunk" : "headers that tell no length, or two");
    }
}
