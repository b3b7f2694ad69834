package io.posthorn.loop;

import io.netty.channel.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where every thread leaves what a loop shall do, in the order of arrival.
 *
 * <p>Only the entry that finds the mailbox empty wakes the loop: a burst costs one wake-up. What shall happen once for a
 * whole burst, a flush say, is left for {@linkplain #atEndOfTurn the end of the turn}.
 *
 * <p>On the loop itself {@link #execute} runs at once while the mailbox is empty and queues otherwise: what one thread
 * did in order happens in order.
 */
public final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    /** A drain gives way to the loop's sockets after this many entries. */
    private static final int MAX_ENTRIES_PER_DRAIN = 4096;

    private final EventLoop eventLoop;
    private final Queue<Runnable> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Runnable drain = this::drain;
    private final Runnable finish = this::finish;
    private final ArrayDeque<Runnable> endOfTurn = new ArrayDeque<>();
    private boolean draining;

    Mailbox(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /**
     * Leaves an action for the loop; from any thread. On the loop, with nothing before it, it runs before this returns.
     *
     * @return false where the loop has ended: the action will never run
     */
    public boolean execute(Runnable action) {
        if (isInline()) {
            run(action);
            return true;
        }
        return post(action);
    }

    /**
     * Leaves an action for the loop; from any thread. It never runs before this returns, so that a caller on the loop may
     * hold a lock. The order is that of {@link #execute}.
     *
     * @return false where the loop has ended: the action will never run
     */
    public boolean post(Runnable action) {
        if (eventLoop.isShutdown()) {
            return false; // and nothing is kept for a loop that will not come
        }
        // Counted first: what is in the queue is never missing from the count, by which others tell whether to queue
        // too.
        int before = waiting.getAndIncrement();
        entries.add(action);
        return before != 0 || wake();
    }

    /** Whether what the caller leaves now would run at once: it is on the loop, and nothing waits before it. */
    public boolean isInline() {
        return waiting.get() == 0 && eventLoop.inEventLoop();
    }

    /** Runs an action after this drain of the mailbox, or, outside one, after the reads that the loop has found ready. */
    @OnLoop
    public void atEndOfTurn(Runnable action) {
        assert eventLoop.inEventLoop();
        endOfTurn.add(action);
        if (!draining && endOfTurn.size() == 1) {
            eventLoop.execute(finish);
        }
    }

    private boolean wake() {
        try {
            eventLoop.execute(drain);
            return true;
        } catch (RejectedExecutionException ended) {
            log.debug("the loop has ended", ended);
            return false;
        }
    }

    private void drain() {
        draining = true;
        int done = 0;
        // The count of what was run is taken off last: until then a caller on this loop queues behind.
        while (done < MAX_ENTRIES_PER_DRAIN) {
            Runnable entry = entries.poll();
            if (entry == null) {
                break;
            }
            run(entry);
            done++;
        }
        draining = false;
        finish();
        if (waiting.addAndGet(-done) != 0) {
            wake();
        }
    }

    private void finish() {
        // An action that asks for the end of the turn again is still in it.
        for (Runnable action = endOfTurn.poll(); action != null; action = endOfTurn.poll()) {
            run(action);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            // An entry's failure is its own, an Error like lack of memory too: the rest of the mailbox belongs to
            // others.
            log.error("An entry of the mailbox failed", failure);
        }
    }
}
