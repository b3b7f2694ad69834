package io.posthorn.loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HandlerSitesTest {
    private final EventLoops loops = new EventLoops(IoKind.NIO, 2);
    private final UserThreads threads = new UserThreads();
    private final HandlerSites sites = new HandlerSites(loops, threads);
    private final Loop loop = loops.all().get(0);
    private final Loop otherLoop = loops.all().get(1);
    private final UserCalls calls = new UserCalls(sites, loop, () -> {});
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean computing = true;

    @AfterEach
    void close() {
        computing = false;
        end.countDown();
        sites.close();
        threads.close();
        loops.close();
    }

    @Test
    void aHandlerThatWaitsOnALatchIsMovedForGood() {
        HandlerSite site = adaptive(List.class);
        AtomicInteger onUserThread = new AtomicInteger();
        loop.mailbox().execute(() -> calls.call(site, 0, () -> CountingLoop.await(end)));

        await().until(site::isBlocking);
        assertThat(sites.moved()).isEqualTo(1);
        end.countDown();
        loop.mailbox()
                .execute(() -> calls.call(site, 0, () -> {
                    if (!loop.inLoop()) {
                        onUserThread.incrementAndGet();
                    }
                }));
        await().until(() -> onUserThread.get() == 1);
        assertThat(adaptive(List.class).isBlocking()).as("other sockets' too").isTrue();
    }

    @Test
    void aHandlerThatComputesForLongIsNot() {
        HandlerSite computes = adaptive(List.class);
        CountDownLatch inside = new CountDownLatch(1);
        loop.mailbox()
                .execute(() -> calls.call(computes, 0, () -> {
                    inside.countDown();
                    while (computing) {
                        Thread.onSpinWait();
                    }
                }));
        CountingLoop.await(inside);

        // Meanwhile others that do wait are found out, one after the other: it was looked at long enough.
        for (Class<?> type : List.of(Set.class, Map.class, Random.class)) {
            moveByWaiting(adaptive(type));
        }
        assertThat(computes.isBlocking()).isFalse();
        assertThat(sites.moved()).isEqualTo(3);
    }

    @Test
    void aHandlerThatIsDeclaredToBelongOnTheLoopStaysThere() {
        HandlerSite stays = sites.site(List.class, HandlerThread.LOOP);
        loop.mailbox().execute(() -> calls.call(stays, 0, () -> CountingLoop.await(end)));

        moveByWaiting(adaptive(List.class));
        assertThat(stays.isBlocking()).isFalse();
    }

    @Test
    void aLambdaExpressionHasOneSiteHoweverOftenItIsEvaluated() {
        assertThat(adaptive(handlerOf("one socket").getClass()))
                .isSameAs(adaptive(handlerOf("another").getClass()));
    }

    @Test
    void eachWishHasItsOwnSite() {
        HandlerSite blocking = sites.site(List.class, HandlerThread.BLOCKING);

        assertThat(blocking.isBlocking()).isTrue();
        assertThat(adaptive(List.class).isBlocking()).isFalse();
        assertThat(sites.site(List.class, HandlerThread.LOOP).isBlocking()).isFalse();
        assertThat(sites.site(List.class, HandlerThread.BLOCKING)).isSameAs(blocking);
    }

    @Test
    void theWatchBeginsWithTheFirstSiteThatNeedsItAndEndsWithTheServer() {
        sites.site(List.class, HandlerThread.BLOCKING);
        sites.site(List.class, HandlerThread.LOOP);
        assertThat(sites.isWatching()).isFalse();

        adaptive(List.class);
        assertThat(sites.isWatching()).isTrue();
        sites.close();
        await().until(() -> !sites.isWatching());
        assertThat(adaptive(Set.class).isBlocking()).isFalse();
        assertThat(sites.isWatching()).isFalse();
    }

    private void moveByWaiting(HandlerSite site) {
        CountDownLatch done = new CountDownLatch(1);
        UserCalls others = new UserCalls(sites, otherLoop, () -> {});
        otherLoop.mailbox().execute(() -> others.call(site, 0, () -> CountingLoop.await(done)));
        await().until(site::isBlocking);
        done.countDown();
    }

    private HandlerSite adaptive(Class<?> handlerClass) {
        return sites.site(handlerClass, HandlerThread.ADAPTIVE);
    }

    private static Runnable handlerOf(String socket) {
        return () -> assertThat(socket).isNotNull();
    }
}
