package io.posthorn.loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UserCallsTest {
    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final UserThreads threads = new UserThreads();
    private final HandlerSites sites = new HandlerSites(loops, threads);
    private final Loop loop = loops.all().get(0);
    private final AtomicInteger drained = new AtomicInteger();
    private final UserCalls calls = new UserCalls(sites, loop, drained::incrementAndGet);
    private final HandlerSite onLoop = sites.site(UserCallsTest.class, HandlerThread.LOOP);
    private final HandlerSite blocking = sites.site(UserCallsTest.class, HandlerThread.BLOCKING);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        sites.close();
        threads.close();
        loops.close();
    }

    @Test
    void aCallRunsAtOnceOnTheLoopWhileNothingIsQueued() {
        onLoop(() -> {
            calls.call(onLoop, 0, () -> seen.add(where()));
            assertThat(seen).containsExactly("loop");
            assertThat(calls.isIdle()).isTrue();
        });
    }

    @Test
    void aCallWhoseSiteMayBlockRunsOnAUserThread() {
        onLoop(() -> calls.call(blocking, 0, () -> seen.add(where())));

        await().until(() -> seen.contains("user"));
        await().until(() -> drained.get() == 1);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aCallQueuesBehindWorkThatIsQueued() {
        CountDownLatch release = new CountDownLatch(1);
        onLoop(() -> {
            calls.call(blocking, 0, () -> {
                CountingLoop.await(release);
                seen.add("first");
            });
            calls.call(onLoop, 0, () -> seen.add("second " + where()));
            assertThat(calls.isIdle()).isFalse();
            assertThat(seen).isEmpty();
        });
        release.countDown();

        await().until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("first", "second user");
        await().until(() -> drained.get() == 1);
        onLoop(() -> calls.call(onLoop, 0, () -> seen.add("third " + where())));
        assertThat(seen).last().isEqualTo("third loop");
    }

    @Test
    void theOrderIsKeptOverTheMove() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            HandlerSite moved = new HandlerSite(UserCallsTest.class, HandlerThread.ADAPTIVE);
            UserCalls socket = new UserCalls(sites, loop, () -> {});
            List<Integer> order = new ArrayList<>(); // not safe for threads: the calls hand it on
            AtomicInteger running = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            int moveAt = random.nextInt(2000);
            for (int i = 0; i < 2000; i++) {
                int number = i;
                HandlerSite site = random.nextInt(4) == 0 ? onLoop : moved;
                if (i == moveAt) {
                    moved.move();
                }
                loop.mailbox()
                        .execute(() -> socket.call(site, 0, () -> {
                            assertThat(running.incrementAndGet()).isEqualTo(1);
                            order.add(number);
                            running.decrementAndGet();
                            done.incrementAndGet();
                        }));
            }

            await().until(() -> done.get() == 2000);
            assertThat(order).hasSize(2000).isSorted();
        }
    }

    @Test
    void aCallInsideACallRunsInsideIt() {
        onLoop(() -> calls.call(onLoop, 0, () -> {
            seen.add("middleware begins");
            calls.call(onLoop, 0, () -> seen.add("handler"));
            seen.add("middleware ends");
        }));

        assertThat(seen).containsExactly("middleware begins", "handler", "middleware ends");
    }

    @Test
    void aCallThatMayBlockWaitsForTheEndOfTheCallThatMadeIt() {
        onLoop(() -> {
            calls.call(onLoop, 0, () -> {
                calls.call(blocking, 0, () -> seen.add("handler " + where()));
                calls.call(onLoop, 0, () -> seen.add("next " + where()));
                assertThat(calls.isIdle()).isFalse();
                seen.add("middleware ends");
            });
        });

        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("middleware ends", "handler user", "next user");
        await().until(() -> drained.get() == 1);
    }

    @Test
    void theWatchKnowsTheInnermostCall() {
        HandlerSite inner = sites.site(List.class, HandlerThread.LOOP);
        LoopWatch watch = loop.watch();
        onLoop(() -> {
            calls.call(onLoop, 0, () -> {
                assertThat(watch.site()).isSameAs(onLoop);
                calls.call(inner, 0, () -> assertThat(watch.site()).isSameAs(inner));
                assertThat(watch.site()).isSameAs(onLoop);
            });
            assertThat(watch.site()).isNull();
        });
    }

    @Test
    void sixtyFourEventsAreAsManyAsMayWait() {
        CountDownLatch release = new CountDownLatch(1);
        onLoop(() -> {
            for (int i = 0; i < 63; i++) {
                calls.call(blocking, 0, () -> CountingLoop.await(release));
            }
            assertThat(calls.isFull()).isFalse();
            calls.call(blocking, 0, () -> {});
            assertThat(calls.isFull()).isTrue();
        });
        release.countDown();

        await().until(() -> drained.get() == 1);
        onLoop(() -> assertThat(calls.isFull()).isFalse());
    }

    @Test
    void fourMebibytesAreAsMuchAsMayWait() {
        CountDownLatch release = new CountDownLatch(1);
        onLoop(() -> {
            calls.call(blocking, 4 * 1024 * 1024 - 1, () -> CountingLoop.await(release));
            assertThat(calls.isFull()).isFalse();
            calls.call(blocking, 1, () -> {});
            assertThat(calls.isFull()).isTrue();
        });
        release.countDown();

        await().until(() -> drained.get() == 1);
        onLoop(() -> assertThat(calls.isFull()).isFalse());
    }

    @Test
    void aCallThatFailsLeavesTheRestAlone() {
        onLoop(() -> {
            calls.call(onLoop, 0, () -> {
                calls.call(blocking, 0, () -> seen.add("queued"));
                throw new StackOverflowError("meant to fail");
            });
            assertThat(loop.watch().site()).isNull();
        });

        await().until(() -> seen.contains("queued"));
    }

    @Test
    void socketsDoNotWaitForEachOther() {
        CountDownLatch release = new CountDownLatch(1);
        UserCalls other = new UserCalls(sites, loop, () -> {});
        onLoop(() -> {
            calls.call(blocking, 0, () -> CountingLoop.await(release));
            other.call(onLoop, 0, () -> seen.add(where()));
            assertThat(seen).containsExactly("loop");
        });
        release.countDown();
    }

    private String where() {
        return loop.inLoop() ? "loop" : "user";
    }

    private void onLoop(Runnable action) {
        CompletableFuture.runAsync(action, loop.eventLoop())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
