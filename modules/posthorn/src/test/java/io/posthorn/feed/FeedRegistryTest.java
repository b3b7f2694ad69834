package io.posthorn.feed;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FeedRegistryTest {
    private static final int FEEDS = 5000;

    private final EventLoops loops = new EventLoops(IoKind.NIO, 2);
    private final UserThreads threads = new UserThreads();
    private final Feeds feeds = new Feeds(loops, threads, new WebSockets(loops, threads));

    @AfterEach
    void endTheLoops() {
        threads.close();
        loops.close();
    }

    /** What its set-up publishes is there for each, whoever of them caused it. */
    @Test
    void ofReadersThatComeAtOnceNoneIsBeforeTheFeedsSetUp() throws Exception {
        FeedRegistry registry =
                new FeedRegistry(feeds, "/feeds/{name}", FeedOptions.defaults(), feed -> feed.publish("set up"));
        Queue<String> tooEarly = new ConcurrentLinkedQueue<>();
        CountDownLatch served = new CountDownLatch(2 * FEEDS);
        CyclicBarrier together = new CyclicBarrier(2);
        for (int reader = 0; reader < 2; reader++) {
            var loop = loops.all().get(reader);
            threads.execute(() -> {
                for (int i = 0; i < FEEDS; i++) {
                    awaitOther(together);
                    LiveFeed feed = registry.enter("/feeds/" + i).orElseThrow();
                    feed.whenReady(loop, false, () -> {
                        if (feed.sequencer().latest().isEmpty()) {
                            tooEarly.add(feed.path());
                        }
                        served.countDown();
                    });
                }
            });
        }
        assertThat(served.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(tooEarly).isEmpty();
    }

    private static void awaitOther(CyclicBarrier together) {
        try {
            together.await(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
