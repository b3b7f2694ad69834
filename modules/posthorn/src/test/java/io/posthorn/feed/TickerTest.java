package io.posthorn.feed;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class TickerTest {
    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final UserThreads threads = new UserThreads();
    private final Feeds feeds = new Feeds(loops, threads, new WebSockets(loops, threads));
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void endTheLoops() {
        never.countDown();
        threads.close();
        loops.close();
    }

    @Test
    void aPollThatWaitsNoMoreIsNotKeptByASourceThatHangs() throws Exception {
        LiveFeed feed = new LiveFeed("/feed", feeds, FeedOptions.defaults());
        Ticker ticker = new Ticker(feed, loops.all().get(0), threads, Duration.ofMillis(50), this::hang);
        WeakReference<CompletionStage<Void>> poll = pollUntilItGivesUp(ticker);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(poll.get()).isNull();
        });
        assertThat(ticker).isNotNull(); // it is still there
    }

    private static WeakReference<CompletionStage<Void>> pollUntilItGivesUp(Ticker ticker) throws Exception {
        CompletionStage<Void> poll = ticker.polled();
        poll.toCompletableFuture().get(20, TimeUnit.SECONDS);
        return new WeakReference<>(poll);
    }

    private Object hang() {
        try {
            return never.await(50, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
