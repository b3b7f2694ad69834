package io.posthorn.loop;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UserThreadsTest {
    private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

    @Test
    void tasksRunOnVirtualThreadsWhereTheJvmHasThemAndInAPoolElsewhere() throws Exception {
        try (UserThreads threads = new UserThreads()) {
            CompletableFuture<Thread> runner = new CompletableFuture<>();
            CountDownLatch seen = new CountDownLatch(1);
            threads.execute(() -> {
                runner.complete(Thread.currentThread());
                CountingLoop.await(seen);
            });

            Thread thread = runner.get(20, TimeUnit.SECONDS);
            assertThat(thread.isDaemon()).isTrue();
            // Compiled for JDK 17, which has no Thread.isVirtual: all virtual threads are in one group of that name.
            if (HAS_VIRTUAL_THREADS) {
                assertThat(thread.getThreadGroup().getName()).isEqualTo("VirtualThreads");
            } else {
                assertThat(thread.getName()).startsWith("posthorn-user-");
            }
            seen.countDown();
        }
    }

    @Test
    void thePoolIsBoundedAndVirtualThreadsAreNot() {
        int tasks = UserThreads.POOL_SIZE + 10;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        try (UserThreads threads = new UserThreads()) {
            for (int i = 0; i < tasks; i++) {
                threads.execute(() -> {
                    running.incrementAndGet();
                    CountingLoop.await(release);
                    done.incrementAndGet();
                });
            }

            int atOnce = HAS_VIRTUAL_THREADS ? tasks : UserThreads.POOL_SIZE;
            await().until(() -> running.get() == atOnce);
            release.countDown();
            await().until(() -> done.get() == tasks);
        }
    }

    @Test
    void whatRunsComesToItsEndWhenTheThreadsAreClosed() {
        AtomicInteger done = new AtomicInteger();
        try (UserThreads threads = new UserThreads()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(done::incrementAndGet);
            }
        }

        assertThat(done).hasValue(100);
    }
}
