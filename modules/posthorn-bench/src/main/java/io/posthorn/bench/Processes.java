package io.posthorn.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The processes that this one has started, and ends. Any thread: Ctrl-C ends them, too. */
final class Processes {
    private static final long PATIENCE_SECONDS = 3;

    private static final long NOTICE_MILLIS = 300;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ending = new CountDownLatch(1);

    Processes() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "bench-end"));
    }

    /**
     * Adds one that was just started.
     *
     * @throws BenchException when all are being ended, and this one, too
     */
    Process add(Process process) {
        running.add(process);
        if (ending.getCount() == 0) {
            end(process);
            throw new BenchException("this is the end");
        }
        return process;
    }

    /**
     * Whether whatever has just failed failed because all are being ended. Ctrl-C reaches every process at once, so that
     * this one may hear of it a little later.
     */
    boolean areEnding() {
        try {
            return ending.await(NOTICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Asks the process to end, and makes it. */
    void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        running.remove(process);
    }

    private void endAll() {
        ending.countDown();
        running.forEach(Process::destroy);
        running.forEach(this::end);
    }
}
