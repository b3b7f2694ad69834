package io.posthorn.playground.lab;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NewsTest {
    private final List<Long> delays = new CopyOnWriteArrayList<>();
    private final AtomicInteger tellings = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            delays.add(unit.toMillis(delay));
            return super.schedule(command, delay, unit);
        }
    };
    private final News news = new News(timers, tellings::incrementAndGet);

    @AfterEach
    void close() {
        timers.shutdownNow();
    }

    @Test
    void whatHappensWithinAQuarterOfASecondIsToldTogether() {
        news.happened();
        news.happened();

        await().until(() -> tellings.get() == 1);
        news.happened();

        assertThat(delays).containsExactly(250L, 250L);
    }

    @Test
    void whatIsUrgentIsToldAtOnce() {
        news.happened();
        news.urgent();

        await().until(() -> tellings.get() >= 1);

        assertThat(delays).containsExactly(250L, 0L);
    }

    @Test
    void howeverUrgentOneTellingFollowsAnotherAfter50MillisecondsAtTheEarliest() {
        long begin = System.nanoTime();
        while (tellings.get() < 5) {
            news.urgent();
            news.happened();
        }

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(4 * 50));
    }
}
