package io.posthorn.loop;

/**
 * One place in the user's code that handles events, however many sockets it is registered with: what is found out about
 * it holds for all of them. Made by {@link HandlerSites}, lives as long as they. Safe for all threads.
 */
public final class HandlerSite {
    /** So many calls that were seen to wait move it. */
    private static final int MAX_WAITS = 3;

    private final Class<?> handlerClass;
    private final HandlerThread wish;
    private volatile boolean blocking;
    /** The watchdog's. */
    private int waits;

    HandlerSite(Class<?> handlerClass, HandlerThread wish) {
        this.handlerClass = handlerClass;
        this.wish = wish;
        this.blocking = wish == HandlerThread.BLOCKING;
    }

    /** Whether it runs on a thread that may block, by wish or since it was moved there. */
    public boolean isBlocking() {
        return blocking;
    }

    /** Whether it is still to be found out where it belongs. */
    boolean isWatched() {
        return wish == HandlerThread.ADAPTIVE && !blocking;
    }

    /** Counts a call that was seen to wait; says whether that was one too many. */
    boolean hasWaitedTooOften() {
        return ++waits >= MAX_WAITS;
    }

    /** From now on it may block. */
    void move() {
        blocking = true;
    }

    /** The user's class. */
    @Override
    public String toString() {
        return handlerClass.getName();
    }
}
