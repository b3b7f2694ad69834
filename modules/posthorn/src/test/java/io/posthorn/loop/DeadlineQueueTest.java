package io.posthorn.loop;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The queue on a loop and a clock that only the test moves. */
class DeadlineQueueTest {
    private static final long DELAY = TimeUnit.SECONDS.toNanos(25);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Noting> expired = new ArrayList<>();
    /** Shortly before it overflows: nanoseconds are compared by their difference. */
    private long nanos = Long.MAX_VALUE - DELAY / 2;

    private final DeadlineQueue queue = new DeadlineQueue(channel.eventLoop(), DELAY, () -> nanos);

    @BeforeEach
    void stopTheLoopsClock() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void aDeadlineIsDueToTheNanosecond() {
        queue.add(new Noting());

        advance(DELAY - 1);
        assertThat(expired).isEmpty();
        advance(1);
        assertThat(expired).hasSize(1);
    }

    @Test
    void deadlinesAreDueInTheOrderInWhichTheyWereSet() {
        List<Noting> set = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Noting entry = new Noting();
            set.add(entry);
            queue.add(entry);
            advance(7);
        }
        advance(DELAY - 70 + 35);

        assertThat(expired).containsExactlyElementsOf(set.subList(0, 6));
        advance(DELAY);
        assertThat(expired).containsExactlyElementsOf(set);
    }

    @Test
    void nothingIsScheduledWhileItIsEmpty() {
        assertThat(scheduled()).isFalse();
        Noting entry = new Noting();
        queue.add(entry);
        assertThat(scheduled()).isTrue();

        queue.remove(entry);
        assertThat(scheduled()).isFalse();

        queue.add(entry);
        advance(DELAY);
        assertThat(expired).containsExactly(entry);
        assertThat(scheduled()).isFalse();
    }

    @Test
    void aDeadlineThatIsSetAgainMovesToTheEnd() {
        Noting moved = new Noting();
        Noting other = new Noting();
        queue.add(moved);
        advance(1000);
        queue.add(other);
        advance(1000);
        queue.add(moved);

        assertThat(queue.size()).isEqualTo(2);
        advance(DELAY - 1000);
        assertThat(expired).containsExactly(other);
        advance(1000);
        assertThat(expired).containsExactly(other, moved);
    }

    @Test
    void aDeadlineThatIsTakenOutIsNotMet() {
        Noting first = new Noting();
        Noting second = new Noting();
        queue.add(first);
        advance(10);
        queue.add(second);

        queue.remove(first);
        queue.remove(first);
        assertThat(first.isQueued()).isFalse();
        assertThat(second.isQueued()).isTrue();
        assertThat(queue.size()).isEqualTo(1);

        advance(DELAY - 1);
        assertThat(expired).isEmpty();
        advance(1);
        assertThat(expired).containsExactly(second);
    }

    @Test
    void aDeadlineMayCountFromAnEarlierTime() {
        Noting now = new Noting();
        Noting earlier = new Noting();
        queue.add(now);
        queue.addAfter(earlier, nanos - 500);

        assertThat(earlier.due()).isEqualTo(nanos - 500 + DELAY);
        advance(DELAY - 500);
        assertThat(expired).containsExactly(earlier);
        advance(500);
        assertThat(expired).containsExactly(earlier, now);
    }

    @Test
    void whatIsPastAlreadyIsDueAtOnceAndNeverWithinTheCall() {
        Noting past = new Noting();
        queue.addAfter(past, nanos - 2 * DELAY);
        assertThat(expired).isEmpty();

        advance(0);
        assertThat(expired).containsExactly(past);
    }

    @Test
    void aDeadlineMaySetItselfAgain() {
        queue.add(new Noting() {
            @Override
            protected void onDue() {
                super.onDue();
                queue.add(this);
            }
        });

        for (int i = 1; i <= 5; i++) {
            advance(DELAY);
            assertThat(expired).hasSize(i);
        }
    }

    @Test
    void aDeadlineMayTakeOutItsNeighbours() {
        List<Noting> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(new Noting() {
                @Override
                protected void onDue() {
                    super.onDue();
                    all.forEach(queue::remove);
                }
            });
        }
        all.forEach(queue::add);
        advance(DELAY);

        assertThat(expired).containsExactly(all.get(0));
        assertThat(scheduled()).isFalse();
    }

    @Test
    void whoFailsLeavesTheOthersAlone() {
        queue.add(new DeadlineQueue.Entry() {
            @Override
            protected void onDue() {
                throw new StackOverflowError("meant to fail");
            }
        });
        Noting next = new Noting();
        queue.add(next);

        advance(DELAY);
        assertThat(expired).containsExactly(next);
    }

    @Test
    void manyThatAreDueAtOnceAreAllMet() {
        for (int i = 0; i < 5000; i++) {
            queue.add(new Noting());
        }
        advance(DELAY);
        while (scheduled()) {
            advance(0);
        }

        assertThat(expired).hasSize(5000);
    }

    @Test
    void anEntryIsInOneQueueAtATime() {
        DeadlineQueue other = new DeadlineQueue(channel.eventLoop(), 2 * DELAY, () -> nanos);
        Noting entry = new Noting();
        queue.add(entry);
        other.add(entry);
        queue.remove(entry);

        assertThat(queue.size()).isZero();
        assertThat(other.size()).isEqualTo(1);
        advance(DELAY);
        assertThat(expired).isEmpty();
        advance(DELAY);
        assertThat(expired).containsExactly(entry);
    }

    @Test
    void theQueueDoesWhatASimpleListDoes() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Noting> pool = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                pool.add(new Noting());
            }
            for (int step = 0; step < 300; step++) {
                Noting entry = pool.get(random.nextInt(pool.size()));
                switch (random.nextInt(4)) {
                    case 0 -> queue.remove(entry);
                    case 1 -> queue.addAfter(entry, nanos - random.nextInt(1000));
                    case 2 -> queue.add(entry);
                    default -> advanceAndCompare(pool, random.nextLong(DELAY / 4));
                }
            }
            pool.forEach(queue::remove);
            assertThat(scheduled()).isFalse();
        }
    }

    @Test
    void aDelayIsPositive() {
        assertThatThrownBy(() -> new DeadlineQueue(channel.eventLoop(), 0, () -> nanos))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void foreverIsADelayToo() {
        DeadlineQueue forever = new DeadlineQueue(channel.eventLoop(), Long.MAX_VALUE, () -> nanos);
        forever.add(new Noting());
        advance(TimeUnit.DAYS.toNanos(365));

        assertThat(expired).isEmpty();
    }

    @Test
    void manyHaveOneTimer() {
        try (CountingLoop loop = new CountingLoop()) {
            DeadlineQueue many = new DeadlineQueue(loop, DELAY, System::nanoTime);
            loop.run(() -> {
                for (int i = 0; i < 1000; i++) {
                    many.add(new Noting());
                }
                assertThat(loop.scheduled()).isEqualTo(1);
            });
        }
    }

    @Test
    void aLoopOfTheServerMeetsItsDeadlines() {
        try (EventLoops loops = new EventLoops(IoKind.best(), 1)) {
            Loop loop = loops.all().get(0);
            CountDownLatch due = new CountDownLatch(1);
            loop.mailbox()
                    .execute(() -> new DeadlineQueue(loop, 1).add(new DeadlineQueue.Entry() {
                        @Override
                        protected void onDue() {
                            due.countDown();
                        }
                    }));
            CountingLoop.await(due);
        }
    }

    private void advanceAndCompare(List<Noting> pool, long by) {
        expired.clear();
        long later = nanos + by;
        List<Noting> wanted = pool.stream()
                .filter(entry -> entry.isQueued() && entry.due() - later <= 0)
                .toList();
        advance(by);
        assertThat(expired).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(expired).isSortedAccordingTo((a, b) -> Long.signum(a.due() - b.due()));
    }

    private boolean scheduled() {
        return channel.runScheduledPendingTasks() != -1;
    }

    private void advance(long by) {
        nanos += by;
        channel.advanceTimeBy(by, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private class Noting extends DeadlineQueue.Entry {
        @Override
        protected void onDue() {
            expired.add(this);
        }
    }
}
