package io.posthorn.feed;

import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many readers that come and go: no reader, timer, audience, feed or buffer is left of them. */
@Timeout(300)
class FeedSoakTest {
    private static final int AT_ONCE = 50;
    private static final int FEW = 500;
    private static final int MANY = 10_000;

    @ParameterizedTest
    @EnumSource(TransportType.class)
    void ofReadersThatComeAndGoNothingIsLeft(TransportType type) throws Exception {
        comeAndGo(type, FEW);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(TransportType.class)
    void ofTenThousandReadersThatComeAndGoNothingIsLeft(TransportType type) throws Exception {
        comeAndGo(type, MANY);
    }

    @Test
    void ofFeedsThatWereReadNothingIsLeft() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        FeedOptions options =
                FeedOptions.defaults().withLimits(FeedLimits.defaults().withFeeds(MANY, Duration.ofMillis(200)));
        try (FeedHost host = new FeedHost(options, feed -> {
            made.incrementAndGet();
            feed.every(Duration.ofMillis(10), asked::incrementAndGet);
        })) {
            WeakReference<LiveFeed> one = new WeakReference<>(host.live("/feeds/0"));
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
                for (TransportType type : TransportType.values()) {
                    wave(host, type, "/feeds/" + i, random);
                }
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> host.stats().feeds() == 0 && host.connections() == 0);
            await().until(() -> host.timers() == 0);
            assertThat(made).hasValueGreaterThanOrEqualTo(20);
            await().until(() -> {
                System.gc();
                return one.refersTo(null);
            });
            AtomicInteger before = new AtomicInteger(-1);
            // In ten periods without a reader nothing is asked.
            await().pollInterval(Duration.ofMillis(100)).until(() -> before.getAndSet(asked.get()) == asked.get());
        }
    }

    private void comeAndGo(TransportType type, int readers) throws Exception {
        FeedLimits limits =
                FeedLimits.defaults().withTimes(Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(1));
        try (FeedHost host = new FeedHost(FeedOptions.defaults().withLimits(limits), null)) {
            host.feed().publish("m:first");
            Random random = new Random(readers);
            wave(host, type, FeedHost.PATH, random);
            long before = FeedHost.buffers();
            for (int i = AT_ONCE; i < readers; i += AT_ONCE) {
                wave(host, type, FeedHost.PATH, random);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> host.connections() == 0);
            await().until(() -> host.feed().readers() == 0 && host.audience() == 0);
            await().until(() -> host.timers() == 0);
            assertThat(host.stats().readers(type)).isZero();
            assertThat(opened(host, type)).isEqualTo(readers);
            // What the threads keep for the next who wants one is here too.
            assertThat(FeedHost.buffers() - before).isLessThan(readers / 4);
        }
    }

    /** So many readers at once, who all have come before the first of them leaves, with a word or without. */
    private static void wave(FeedHost host, TransportType type, String path, Random random) throws Exception {
        long opened = opened(host, type) + AT_ONCE;
        List<FeedVisit> visits = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            FeedVisit visit = new FeedVisit(host.port(), type, random);
            visits.add(visit);
            visit.ask(
                    path,
                    host.live(path).sequencer().position().at(random.nextInt(2)).toString());
        }
        await().pollInterval(Duration.ofMillis(1)).until(() -> opened(host, type) >= opened);
        for (FeedVisit visit : visits) {
            if (type != TransportType.LONG_POLLING && random.nextBoolean()) {
                visit.begin();
            }
            visit.cut();
        }
    }

    private static long opened(FeedHost host, TransportType type) {
        return host.stats().opened().getOrDefault(type, 0L);
    }
}
