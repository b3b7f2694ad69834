package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Where one connection reads into: buffers of its own at first, its loop's shared one after {@link #share}.
 *
 * <p>It is set once, when the connection is made, because Netty keeps a channel's handle and would not notice another.
 */
public final class ReceiveBuffers implements RecvByteBufAllocator {
    private static final RecvByteBufAllocator OWN = new AdaptiveRecvByteBufAllocator(256, 2048, 64 * 1024);

    private SharedReceiveBuffer shared;
    private boolean sharing;

    /** For one connection of the loop that owns the shared buffer. */
    public ReceiveBuffers(Loop loop) {
        this.shared = loop.receiveBuffer();
    }

    /**
     * From now on the channel reads into the buffer of the loop that it lives on: to be called when nothing is left in the
     * pipeline that keeps what it was given. Nothing happens where the channel was made without this class.
     */
    @OnLoop
    public static void share(Channel channel, Loop loop) {
        // The channel's handle would be the wrong one to ask: the native transports wrap it in their own.
        if (channel.config().getRecvByteBufAllocator() instanceof ReceiveBuffers buffers) {
            buffers.shared = loop.receiveBuffer();
            buffers.sharing = true;
        }
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Switch((ExtendedHandle) OWN.newHandle());
    }

    private final class Switch extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle own;

        Switch(ExtendedHandle own) {
            super(own);
            this.own = own;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return sharing ? shared.take() : own.allocate(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return own.continueReading(maybeMoreData);
        }
    }
}
