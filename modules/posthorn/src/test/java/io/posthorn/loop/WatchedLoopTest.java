package io.posthorn.loop;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is concluded from looking at a loop, with a thread that really waits or computes, and a clock of the test's. */
@Timeout(60)
class WatchedLoopTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final LoopWatch watch = new LoopWatch();
    private final WatchedLoop watched = new WatchedLoop(watch);
    private final HandlerSite site = new HandlerSite(WatchedLoopTest.class, HandlerThread.ADAPTIVE);
    private final List<HandlerSite> moved = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private volatile boolean computing = true;
    private long nanos = Long.MAX_VALUE - 50 * MILLI;

    @AfterEach
    void letGo() {
        computing = false;
        end.countDown();
        loop.shutdown();
    }

    @Test
    void oneCallThatWaitsFor200MillisecondsMovesItsSite() {
        inWaitingHandler(site, this::sleepOnTheLatch);

        lookFor(199);
        assertThat(moved).isEmpty();
        lookFor(30);
        assertThat(moved).containsExactly(site);
    }

    @Test
    void aCallThatComputesForLongIsLeft() {
        inHandler(site, this::compute);

        lookFor(10_000);
        assertThat(moved).isEmpty();
    }

    @Test
    void threeCallsThatAreSeenToWaitMoveTheirSite() {
        for (int call = 1; call <= 3; call++) {
            assertThat(moved).isEmpty();
            callThatWaitsFor(40);
        }

        assertThat(moved).containsExactly(site);
    }

    @Test
    void aCallThatIsSeenToWaitTwiceCountsOnce() {
        for (int call = 1; call <= 2; call++) {
            callThatWaitsFor(150);
        }

        assertThat(moved).isEmpty();
    }

    @Test
    void aWaitOfLessThan20MillisecondsIsNotSeen() {
        for (int call = 1; call <= 5; call++) {
            callThatWaitsFor(15);
        }

        assertThat(moved).isEmpty();
    }

    @Test
    void whoIsBlockedByALockWaits() {
        Object lock = new Object();
        synchronized (lock) {
            inHandler(site, () -> {
                synchronized (lock) {
                    sleepOnTheLatch();
                }
            });
            Thread thread = Objects.requireNonNull(watch.thread());
            soon().until(() -> thread.getState() == Thread.State.BLOCKED);
            lookFor(300);
        }

        assertThat(moved).containsExactly(site);
    }

    @Test
    void aSiteThatIsDeclaredToBelongOnTheLoopStaysThere() {
        inWaitingHandler(new HandlerSite(WatchedLoopTest.class, HandlerThread.LOOP), this::sleepOnTheLatch);

        lookFor(1000);
        assertThat(moved).isEmpty();
    }

    @Test
    void whoWaitsInsideAnotherCallAnswersForItself() {
        HandlerSite inner = new HandlerSite(List.class, HandlerThread.ADAPTIVE);
        inWaitingHandler(site, () -> {
            HandlerSite outer = watch.enter(inner);
            sleepOnTheLatch();
            watch.leave(outer);
        });

        lookFor(300);
        assertThat(moved).containsExactly(inner);
    }

    @Test
    void whatIsLeftOfTheOuterCallIsTimedAnew() {
        HandlerSite inner = new HandlerSite(List.class, HandlerThread.LOOP);
        CountDownLatch innerDone = new CountDownLatch(1);
        inWaitingHandler(site, () -> {
            HandlerSite outer = watch.enter(inner);
            CountingLoop.await(innerDone);
            watch.leave(outer);
            sleepOnTheLatch();
        });
        lookFor(500);
        innerDone.countDown();
        Thread thread = Objects.requireNonNull(watch.thread());
        soon().until(() -> watch.site() == site && StackSample.of(thread).waits());

        lookFor(190);
        assertThat(moved).isEmpty();
        lookFor(40);
        assertThat(moved).containsExactly(site);
    }

    @Test
    void aLoopThatIsInNoHandlerIsQuiet() {
        watched.look(nanos, (waiting, sample) -> {});
        assertThat(watched.isQuiet()).isTrue();

        inWaitingHandler(site, this::sleepOnTheLatch);
        assertThat(watched.isQuiet()).isFalse();
        lookFor(10);
        assertThat(watched.isQuiet()).isFalse();
    }

    /** Goes into a handler; the body waits on its own account. */
    private void inHandler(HandlerSite handler, Runnable body) {
        CountDownLatch inside = new CountDownLatch(1);
        loop.execute(() -> {
            HandlerSite outer = watch.enter(handler);
            inside.countDown();
            body.run();
            watch.leave(outer);
        });
        CountingLoop.await(inside);
    }

    private void inWaitingHandler(HandlerSite handler, Runnable body) {
        inHandler(handler, body);
        Thread thread = Objects.requireNonNull(watch.thread());
        soon().until(() -> StackSample.of(thread).waits() && watch.site() != null);
    }

    /** Goes into a handler that waits, looks for some time, and lets it go. */
    private void callThatWaitsFor(long millis) {
        CountDownLatch done = new CountDownLatch(1);
        inWaitingHandler(site, () -> CountingLoop.await(done));
        lookFor(millis);
        done.countDown();
        soon().until(() -> watch.site() == null);
    }

    /** Every 10 ms, by a clock that is faster than the world's. */
    private void lookFor(long millis) {
        for (long i = 0; i <= millis; i += 10) {
            watched.look(nanos, (waiting, sample) -> {
                waiting.move();
                moved.add(waiting);
            });
            nanos += Math.min(10, millis - i) * MILLI;
        }
    }

    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(1));
    }

    private void sleepOnTheLatch() {
        CountingLoop.await(end);
    }

    private void compute() {
        while (computing) {
            Thread.onSpinWait();
        }
    }
}
