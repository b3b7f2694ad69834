package io.posthorn.loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HandlerQueueTest {
    private final UserThreads threads = new UserThreads();
    private final AtomicInteger drained = new AtomicInteger();
    private final HandlerQueue queue = new HandlerQueue(threads, drained::incrementAndGet);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void handlersRunInTheOrderInWhichTheyCame() {
        List<Integer> seen = new ArrayList<>(); // not safe for threads: the queue hands it on
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            queue.execute(() -> seen.add(number));
        }

        await().until(queue::isIdle);
        assertThat(seen).hasSize(10_000).isSorted();
    }

    @Test
    void noTwoHandlersOfAConnectionRunAtTheSameTime() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            senders.add(new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    queue.execute(() -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        running.decrementAndGet();
                        done.incrementAndGet();
                    });
                }
            }));
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }

        await().until(() -> done.get() == 16_000);
        assertThat(most).hasValue(1);
    }

    @Test
    void queuesOfTwoConnectionsDoNotWaitForEachOther() {
        HandlerQueue other = new HandlerQueue(threads, () -> {});
        CountDownLatch otherRan = new CountDownLatch(1);
        List<String> seen = new CopyOnWriteArrayList<>();

        queue.execute(() -> {
            CountingLoop.await(otherRan);
            seen.add("done");
        });
        other.execute(otherRan::countDown);

        await().until(() -> seen.size() == 1);
    }

    @Test
    void theConnectionIsToldWhenNothingIsLeft() {
        CountDownLatch release = new CountDownLatch(1);
        queue.execute(() -> CountingLoop.await(release));
        queue.execute(() -> {});
        queue.execute(() -> {});

        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.isIdle()).isFalse();
        assertThat(drained).hasValue(0);
        release.countDown();

        await().until(() -> drained.get() == 1);
        assertThat(queue.size()).isZero();
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void aHandlerThatFailsLeavesTheNextAlone() {
        List<String> seen = new CopyOnWriteArrayList<>();
        queue.execute(() -> {
            throw new IllegalStateException("meant to fail");
        });
        queue.execute(() -> seen.add("next"));

        await().until(() -> seen.size() == 1);
        await().until(queue::isIdle);
    }

    @Test
    void anErrorOfAHandlerLeavesTheNextAlone() {
        List<String> seen = new CopyOnWriteArrayList<>();
        queue.execute(() -> {
            throw new StackOverflowError("meant to fail");
        });
        queue.execute(() -> seen.add("next"));

        await().until(() -> seen.size() == 1);
        await().until(queue::isIdle);
    }

    @Test
    void whatComesAfterTheServerHasClosedIsForgotten() {
        threads.close();
        queue.execute(100, () -> {});

        assertThat(queue.isIdle()).isTrue();
        assertThat(queue.size()).isZero();
        assertThat(queue.bytes()).isZero();
    }
}
