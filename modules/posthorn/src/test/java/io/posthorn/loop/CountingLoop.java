package io.posthorn.loop;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.ScheduledFuture;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A loop without sockets that counts what it is given to run. */
final class CountingLoop extends DefaultEventLoop implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final AtomicInteger executed = new AtomicInteger();
    private final AtomicInteger scheduled = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        executed.incrementAndGet();
        super.execute(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        scheduled.incrementAndGet();
        return super.schedule(task, delay, unit);
    }

    /** How many tasks the loop was given so far. */
    int executed() {
        return executed.get();
    }

    /** How many timers were set so far. */
    int scheduled() {
        return scheduled.get();
    }

    /** Runs an action on the loop, past every mailbox, and waits for its end. */
    void run(Runnable action) {
        CompletableFuture.runAsync(action, this)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Keeps the loop busy until the latch that is returned is counted down. */
    CountDownLatch hold() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        execute(() -> {
            held.countDown();
            await(release);
        });
        await(held);
        return release;
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
