package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One buffer per loop into which its connections read one after the other, so that ten thousand of them own none.
 *
 * <p>Whoever reads from it has to be done with the bytes, or have copied them, before the next connection's turn: that
 * holds for the WebSocket engine, and not for the HTTP decoder, which gathers what it is given. Hence {@link
 * ReceiveBuffers}: a connection begins with buffers of its own and changes over when HTTP is gone from its pipeline.
 */
@OnLoop
public final class SharedReceiveBuffer {
    /** What one read takes at most. Large enough that a system call is worth it, small enough for the L2 cache. */
    public static final int CAPACITY = 64 * 1024;

    private @Nullable ByteBuf buffer;
    private boolean released;

    SharedReceiveBuffer() {}

    /** The buffer, empty and retained for the reader; a fresh one where somebody still holds it. */
    ByteBuf take() {
        ByteBuf shared = buffer;
        if (shared != null && shared.refCnt() == 1) {
            return shared.clear().retain();
        }
        // Held over a turn (a re-entrant read, say): that one goes its own way, and its holder releases it.
        ByteBuf fresh = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY, CAPACITY);
        if (released) {
            return fresh;
        }
        if (shared != null) {
            shared.release();
        }
        buffer = fresh;
        return fresh.retain();
    }

    void release() {
        released = true;
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
