package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One buffer per loop in which its connections gather what they send, one after the other, so that a read and its answer
 * cost no buffer from a pool. It stays in the cache, since all of them write to the same bytes.
 *
 * <p>It is lent to one connection at a time, which gives it back when it flushes; who finds it lent gathers elsewhere.
 */
@OnLoop
final class SharedSendBuffer {
    /** Outgrown only by a message that is larger. */
    static final int CAPACITY = 128 * 1024;

    private @Nullable ByteBuf buffer;
    private boolean isLent;
    private boolean isReleased;

    /** The buffer, empty, to be given back; null where another connection has it. */
    @Nullable
    ByteBuf tryTake() {
        if (isLent || isReleased) {
            return null;
        }
        isLent = true;
        if (buffer == null) {
            buffer = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY);
        }
        return buffer.clear();
    }

    /** Whether a buffer is the one that it lends. */
    @SuppressWarnings("ReferenceEquality") // Buffers with the same bytes are equal.
    boolean isOwner(ByteBuf bytes) {
        return bytes == buffer;
    }

    /** Takes back the buffer that it lent; false where this is another, which is the caller's to release. */
    boolean giveBack(ByteBuf bytes) {
        if (!isOwner(bytes)) {
            return false;
        }
        isLent = false;
        if (bytes.capacity() > CAPACITY) {
            buffer = null;
        }
        return buffer != null;
    }

    /** Lets go of the buffer, at the loop's end; who has it then releases it. */
    void release() {
        isReleased = true;
        if (buffer != null && !isLent) {
            buffer.release();
        }
        buffer = null;
    }
}
