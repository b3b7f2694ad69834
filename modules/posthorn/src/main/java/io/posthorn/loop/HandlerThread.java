package io.posthorn.loop;

/** Where a user's handler wants to run. Wherever it is, a socket's handlers run in order and never two at once. */
public enum HandlerThread {
    /** On the event loop, until it is seen to wait there: from then on as {@link #BLOCKING}. */
    ADAPTIVE,
    /** On the event loop, always: it never waits, and answers for that. */
    LOOP,
    /** On a thread that may block. */
    BLOCKING
}
