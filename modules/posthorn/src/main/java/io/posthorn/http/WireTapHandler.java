package io.posthorn.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;

/** A tap's place in a channel's pipeline: behind TLS, before all that is HTTP. */
@OnLoop
final class WireTapHandler extends ChannelDuplexHandler {
    private static final Logger log = LoggerFactory.getLogger(WireTapHandler.class);

    private final WireTap tap;
    private @Nullable ChannelHandlerContext place;
    private boolean hears;
    private boolean ended;

    WireTapHandler(WireTap tap) {
        this.tap = tap;
    }

    /** From now on what the client sends is the exchange's too. */
    void hear(byte[] heldBack) {
        hears = true;
        show(WireTap.Direction.RECEIVED, heldBack);
    }

    /** Nothing more is the exchange's. */
    void end() {
        if (!ended) {
            ended = true;
            guarded(tap::onEnd);
        }
    }

    /** Nothing more is the exchange's, and the connection goes on. */
    void leave() {
        end();
        Objects.requireNonNull(place).pipeline().remove(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        place = context;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            show(WireTap.Direction.SENT, ByteBufUtil.getBytes(bytes));
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (hears && message instanceof ByteBuf bytes) {
            show(WireTap.Direction.RECEIVED, ByteBufUtil.getBytes(bytes));
        }
        context.fireChannelRead(message);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        // Now: until the loop tells of the close, answers and messages may still be written, which reach nobody.
        end();
        context.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }

    private void show(WireTap.Direction direction, byte[] bytes) {
        if (!ended && bytes.length > 0) {
            guarded(() -> tap.onBytes(direction, bytes));
        }
    }

    /** What looks on does no harm to what it looks at, nor to the log. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException failure) {
            ended = true;
            log.error("A tap threw, and sees no more of this exchange", failure);
        }
    }
}
