package io.posthorn.transport;

import io.posthorn.loop.OnLoop;

/**
 * The way down to one reader. What comes up from the reader is its handler's business. It lives on its connection's loop,
 * and so does everyone who calls it.
 */
@OnLoop
public interface Transport {
    /** Which of the ways it is. */
    TransportType type();

    /** Whether a message is welcome: a poll is waiting, or the connection has room. */
    boolean isWritable();

    /** Takes a message; no system call yet. Only to be called while {@link #isWritable}. */
    void write(Message message);

    /**
     * Sends messages that others get too, behind what was written, where it can do so without a copy of its own.
     *
     * @return false where nothing was done, and each message is to be written
     */
    default boolean offer(Burst burst) {
        return false;
    }

    /** Sends what was written. A polling transport is spent by it, until the next poll arrives. */
    void flush();

    /** Ends, once what was written has been sent; twice changes nothing. */
    void close(CloseReason reason);

    /** What is told of a transport, on its loop; never from inside its {@code write}. */
    interface Listener {
        /** It has become writable, at the end of some turn. */
        void onWritable();

        /** It has ended; called once, and last. */
        void onClosed(CloseReason reason);
    }
}
