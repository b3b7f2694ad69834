package io.posthorn.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a server's loops a hundred times a second, for handlers that wait there, and moves their sites; less often
 * while nothing happens. One daemon thread, started once and ended by {@link #close}.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final long PERIOD_MILLIS = 10;
    private static final long CALM_PERIOD_MILLIS = 50;
    /** So many looks at which nothing had happened make it calm. */
    private static final int CALM_AFTER = 100;

    private final List<WatchedLoop> loops;
    private final WatchedLoop.Verdict verdict;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "posthorn-watchdog");

    Watchdog(List<Loop> loops, WatchedLoop.Verdict verdict) {
        this.loops = loops.stream().map(loop -> new WatchedLoop(loop.watch())).toList();
        this.verdict = verdict;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it looks, or will. */
    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        int quiet = 0;
        try {
            while (!closed.await(quiet < CALM_AFTER ? PERIOD_MILLIS : CALM_PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                quiet = lookAtAll() ? 0 : Math.min(quiet + 1, CALM_AFTER);
            }
        } catch (InterruptedException interrupted) {
            log.debug("the watchdog was interrupted and ends", interrupted);
        }
    }

    /** Whether anything happened on any loop. */
    private boolean lookAtAll() {
        boolean active = false;
        for (WatchedLoop loop : loops) {
            if (!loop.isQuiet()) {
                active = true;
                loop.look(System.nanoTime(), verdict);
            }
        }
        return active;
    }
}
