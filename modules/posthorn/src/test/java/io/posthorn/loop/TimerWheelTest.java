package io.posthorn.loop;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The wheel on a loop and a clock that only the test moves. */
class TimerWheelTest {
    private static final long TURN_MILLIS = 51_200;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Long> expiries = new ArrayList<>();
    private long nanos = TimeUnit.DAYS.toNanos(3);
    private final long origin = nanos;
    private final TimerWheel wheel = new TimerWheel(channel.eventLoop(), () -> nanos);

    @BeforeEach
    void stopTheLoopsClock() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void aDeadlineIsNeverEarlyAndLateByOneTickAtMost() {
        for (int delay : new int[] {0, 1, 50, 99, 100, 101, 149, 999, 5000, 51_199, 51_200, 51_201, 120_000}) {
            for (int start = 0; start < 200; start += 33) {
                expiries.clear();
                advance(start);
                long begin = nowMillis();
                wheel.schedule(new Noting(), TimeUnit.MILLISECONDS.toNanos(delay));

                while (expiries.isEmpty()) {
                    advance(1);
                }

                // The loop's own timer adds up to a tick to the wheel's.
                assertThat(expiries.get(0) - begin)
                        .as("delay %d after %d", delay, start)
                        .isBetween((long) delay, delay + 200L);
            }
        }
    }

    @Test
    void aDeadlineExpiresOnce() {
        wheel.schedule(new Noting(), TimeUnit.SECONDS.toNanos(1));

        step(5000);

        assertThat(expiries).hasSize(1);
        assertThat(wheel.waiting()).isZero();
    }

    @Test
    void aDeadlineThatIsMovedLaterStaysInItsSlotUntilThatComesUp() {
        Noting deadline = new Noting();
        wheel.schedule(deadline, TimeUnit.SECONDS.toNanos(1));

        // A sign of life every 100 ms for a minute, each of which moves the deadline by a second.
        for (int i = 0; i < 600; i++) {
            advance(100);
            wheel.schedule(deadline, TimeUnit.SECONDS.toNanos(1));
            assertThat(wheel.waiting()).isEqualTo(1);
        }
        assertThat(expiries).isEmpty();

        long last = nowMillis();
        step(1500);
        assertThat(expiries).hasSize(1);
        assertThat(expiries.get(0) - last).isBetween(1000L, 1200L);
    }

    @Test
    void aDeadlineThatIsMovedEarlierExpiresEarlier() {
        Noting deadline = new Noting();
        wheel.schedule(deadline, TimeUnit.SECONDS.toNanos(30));
        wheel.schedule(deadline, TimeUnit.SECONDS.toNanos(1));

        step(1300);

        assertThat(expiries).hasSize(1);
        step(40_000);
        assertThat(expiries).hasSize(1);
    }

    @Test
    void aCancelledDeadlineNeverExpires() {
        Noting deadline = new Noting();
        wheel.schedule(deadline, TimeUnit.SECONDS.toNanos(1));
        step(500);
        wheel.cancel(deadline);
        wheel.cancel(deadline);

        step(3000);

        assertThat(expiries).isEmpty();
        assertThat(wheel.waiting()).isZero();
    }

    @Test
    void anActionMayCancelItsNeighboursOfTheSameTick() {
        List<TimerWheel.Deadline> group = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            group.add(new Acting(() -> group.forEach(wheel::cancel)));
        }
        group.forEach(deadline -> wheel.schedule(deadline, TimeUnit.SECONDS.toNanos(1)));

        step(3000);

        assertThat(expiries).as("the first takes the others out").hasSize(1);
        assertThat(wheel.waiting()).isZero();
    }

    @Test
    void anActionMayScheduleItselfAgain() {
        Acting[] self = new Acting[1];
        self[0] = new Acting(() -> {
            if (expiries.size() < 3) {
                wheel.schedule(self[0], TimeUnit.SECONDS.toNanos(1));
            }
        });
        wheel.schedule(self[0], 0);

        step(10_000);

        assertThat(expiries).hasSize(3);
    }

    @Test
    void anActionThatFailsLeavesTheOthersAlone() {
        wheel.schedule(new Noting(), TimeUnit.SECONDS.toNanos(1));
        wheel.schedule(
                new Acting(() -> {
                    throw new IllegalStateException("meant to fail");
                }),
                TimeUnit.SECONDS.toNanos(1));
        wheel.schedule(new Noting(), TimeUnit.SECONDS.toNanos(1));

        step(2000);

        assertThat(expiries).hasSize(3);
    }

    @Test
    void anErrorOfAnActionLeavesTheOthersAlone() {
        wheel.schedule(
                new Acting(() -> {
                    throw new StackOverflowError("meant to fail");
                }),
                TimeUnit.SECONDS.toNanos(1));
        wheel.schedule(new Noting(), TimeUnit.SECONDS.toNanos(2));

        step(3000);

        assertThat(expiries).hasSize(2);
    }

    @Test
    void aDelayThatEndsAfterAllTimeDoesNotExpire() {
        advance(1000);
        wheel.schedule(new Noting(), Long.MAX_VALUE);

        step(60_000);

        assertThat(expiries).isEmpty();
    }

    @Test
    void aDeadlineBeyondOneTurnIsLeftForALaterOne() {
        wheel.schedule(new Noting(), TimeUnit.MILLISECONDS.toNanos(3 * TURN_MILLIS + 250));

        step(3 * TURN_MILLIS);
        assertThat(expiries).isEmpty();

        step(500);
        assertThat(expiries).hasSize(1);
    }

    @Test
    void afterAStallLongerThanATurnEveryDueDeadlineExpires() {
        for (int seconds = 1; seconds <= 200; seconds++) {
            wheel.schedule(new Noting(), TimeUnit.SECONDS.toNanos(seconds));
        }

        advance(150_000);

        assertThat(expiries).hasSizeBetween(149, 150);
        step(51_000);
        assertThat(expiries).hasSize(200);
    }

    @Test
    void theWheelTurnsOnlyWhileSomethingWaits() {
        assertThat(isTurning()).isFalse();
        wheel.schedule(new Noting(), TimeUnit.SECONDS.toNanos(1));
        assertThat(isTurning()).isTrue();

        step(2000);

        assertThat(isTurning()).isFalse();
        long tick = wheel.tick();
        step(2000);
        assertThat(wheel.tick()).as("its clock stands still").isEqualTo(tick);
    }

    /** Whether the loop has a timer. */
    private boolean isTurning() {
        return channel.runScheduledPendingTasks() >= 0;
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos - origin);
    }

    /** Lets time pass, in steps in which the loop comes round. */
    private void step(long millis) {
        for (long i = 0; i < millis; i += 10) {
            advance(10);
        }
    }

    /** Lets time pass at once, as when something holds the loop up. */
    private void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private final class Noting extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            expiries.add(nowMillis());
        }
    }

    private final class Acting extends TimerWheel.Deadline {
        private final Runnable action;

        Acting(Runnable action) {
            this.action = action;
        }

        @Override
        protected void onExpired() {
            expiries.add(nowMillis());
            action.run();
        }
    }
}
