package io.posthorn.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which handlers run that may block: a virtual one per task where the JVM has them (JDK 21 and later), a
 * bounded pool elsewhere. {@link HandlerQueue} gives them their order.
 */
public final class UserThreads implements AutoCloseable {
    /** On a JVM without virtual threads, how many handlers may block at the same time. */
    public static final int POOL_SIZE = 64;

    private static final long KEEP_ALIVE_SECONDS = 30;
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final ExecutorService executor = virtualThreadsOrPool();

    /** Runs a task on a thread that may block; from any thread. */
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Lets what runs come to its end, 5 seconds at most, then interrupts it. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService virtualThreadsOrPool() {
        try {
            // Compiled for JDK 17, so that JDK 21's method is looked up by name, once.
            MethodHandle factory = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) factory.invoke();
        } catch (NoSuchMethodException jdk17) {
            return pool();
        } catch (Throwable failure) {
            throw new IllegalStateException("virtual threads could not be started", failure);
        }
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                POOL_SIZE, POOL_SIZE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory threads() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "posthorn-user-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
