package io.posthorn.playground.lab;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The lab's threads, which are there only while something is to be done: however much one visitor wants to be told, nobody's
 * clock is late for it.
 *
 * @param clocks for what is short and has its time
 * @param tellings for what pages are told
 */
record LabThreads(ScheduledExecutorService clocks, ScheduledExecutorService tellings) {
    static LabThreads create() {
        return new LabThreads(thread("posthorn-lab-clocks"), thread("posthorn-lab-tellings"));
    }

    private static ScheduledExecutorService thread(String name) {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(1, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
        return timers;
    }
}
