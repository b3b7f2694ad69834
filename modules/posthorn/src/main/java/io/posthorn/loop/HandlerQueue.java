package io.posthorn.loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The order of one connection's events: each is handled after the one before it, never two at once, whether on the loop
 * or on a thread that may block.
 *
 * <p>An event whose handler runs on the loop goes straight through while nothing is queued; behind queued work it
 * queues too. So a connection may have handlers of both kinds and still sees its events in order. The queue's lock is a
 * happens-before between one handler and the next.
 *
 * <p>Nobody is refused here: {@link #size} and {@link #bytes} tell the connection when to stop reading, and {@link
 * Drained} when to go on.
 */
public final class HandlerQueue {
    private static final Logger log = LoggerFactory.getLogger(HandlerQueue.class);

    private final UserThreads threads;
    private final Drained drained;
    private final Queue<Runnable> waiting = new ArrayDeque<>(4);
    private final AtomicLong bytes = new AtomicLong();
    /** Written under the lock; the loop reads it without. */
    private volatile boolean running;
    /** Whether the first of the queue is a handler on the loop; the loop's. */
    private boolean held;

    /** What is told, on the thread that ran the last handler, when all queued work is done. */
    @FunctionalInterface
    public interface Drained {
        /** Nothing is queued nor running now. */
        void onDrained();
    }

    /** A queue for one connection. */
    public HandlerQueue(UserThreads threads, Drained drained) {
        this.threads = threads;
        this.drained = drained;
    }

    /**
     * Whether an event may be handled at once, on the loop that calls this: nothing is queued or running. Only the loop
     * adds to the queue, so the answer holds until it does.
     */
    @OnLoop
    public boolean isIdle() {
        return !running;
    }

    /** How many events wait, the one that is being handled included. */
    public synchronized int size() {
        return waiting.size() + (running ? 1 : 0);
    }

    /** How many bytes the events hold that wait, as far as it was told. */
    public long bytes() {
        return bytes.get();
    }

    /** Queues the handler of an event that holds this many bytes behind all others of this connection. */
    public void execute(int eventBytes, Runnable handler) {
        bytes.addAndGet(eventBytes);
        execute(() -> {
            try {
                handler.run();
            } finally {
                bytes.addAndGet(-eventBytes);
            }
        });
    }

    /** Queues an event's handler behind all others of this connection. */
    public void execute(Runnable handler) {
        synchronized (this) {
            if (running) {
                waiting.add(handler);
                return;
            }
            running = true;
        }
        start(handler);
    }

    /**
     * The caller's own handler, which runs on the loop, is the first of the queue from now on: what is queued waits for
     * {@link #release}. Nothing is queued or running now.
     */
    @OnLoop
    synchronized void hold() {
        held = true;
        running = true;
    }

    /** Whether a handler that runs on the loop is the first of the queue. */
    @OnLoop
    boolean isHeld() {
        return held;
    }

    /** The handler that ran on the loop has ended. */
    @OnLoop
    void release() {
        held = false;
        Runnable next = poll();
        if (next != null) {
            start(next);
        }
    }

    private void start(Runnable first) {
        try {
            threads.execute(() -> runAll(first));
        } catch (RejectedExecutionException ended) {
            log.debug("the server has closed, and handles no more events", ended);
            forget();
        }
    }

    private void runAll(Runnable first) {
        Runnable next = first;
        do {
            try {
                next.run();
            } catch (Throwable failure) {
                log.error("A handler's failure was not caught where it belongs", failure);
            }
            next = poll();
        } while (next != null);
        drained.onDrained();
    }

    private synchronized @Nullable Runnable poll() {
        Runnable next = waiting.poll();
        if (next == null) {
            running = false;
        }
        return next;
    }

    private synchronized void forget() {
        waiting.clear();
        bytes.set(0);
        running = false;
    }
}
