package io.posthorn.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes that this one has started, and ends. Any thread: Ctrl-C ends them, too. */
final class Processes {
    private static final long PATIENCE_SECONDS = 3;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Processes() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "bench-end"));
    }

    Process add(Process process) {
        running.add(process);
        return process;
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
        running.forEach(Process::destroy);
        running.forEach(this::end);
    }
}
