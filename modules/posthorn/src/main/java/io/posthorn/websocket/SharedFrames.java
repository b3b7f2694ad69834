package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.posthorn.loop.OnLoop;

import java.util.List;

/**
 * Messages that follow each other, as their frames in one buffer, for a walk over the many connections of one loop that are
 * to get them: each sends the same bytes. Who made it closes it behind the walk.
 */
@OnLoop
public final class SharedFrames implements AutoCloseable {
    private final ByteBuf bytes;
    private final int messages;

    private SharedFrames(ByteBuf bytes, int messages) {
        this.bytes = bytes;
        this.messages = messages;
    }

    /** The frames of messages, in order. */
    public static SharedFrames of(List<PreparedMessage> messages) {
        int size = messages.stream().mapToInt(PreparedMessage::size).sum();
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(size, 1));
        messages.forEach(message -> message.writeTo(bytes));
        return new SharedFrames(bytes, messages.size());
    }

    /** How many messages there are. */
    public int messages() {
        return messages;
    }

    /** The frames; borrowed, and its indexes stay as they are. */
    ByteBuf bytes() {
        return bytes;
    }

    @Override
    public void close() {
        bytes.release();
    }
}
