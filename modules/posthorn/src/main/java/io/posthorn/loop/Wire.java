package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * What a connection's bytes come and go by: its Netty channel, as everywhere, or its {@linkplain SocketWire bare socket}. All
 * methods are the loop's.
 */
@OnLoop
public interface Wire {
    /** Where bytes may be handed to the system at once, while nothing waits; null where others are to see them. */
    @Nullable
    Socket socket();

    /** Where buffers come from that are to be sent. */
    ByteBufAllocator allocator();

    /** Whether it is open, and nothing waits to be sent. */
    boolean isClear();

    /**
     * Sends bytes behind all that waits.
     *
     * @param bytes taken
     * @param onGone told when they do not wait any more, sent or lost
     */
    void queue(ByteBuf bytes, Runnable onGone);

    /** A number that changes whenever the other side has taken some of what was queued last. */
    long progress();

    /** Whether it is read from. */
    boolean isReading();

    /** Reads, or lets the other side wait. */
    void read(boolean wanted);

    /** Ends our side, behind all that waits: nothing more is said, and the other side can still be heard. */
    void halfClose();

    /** Ends both sides at once; the reader hears of it later. */
    void close();

    /** Who takes what comes; called on the loop. */
    interface Reader {
        /** What one read has brought; borrowed. */
        void received(ByteBuffer bytes);

        /** All that was there has been read. */
        void readComplete();

        /** The connection has ended, whoever ended it. */
        void gone();
    }
}
