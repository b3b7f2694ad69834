package io.posthorn.feed;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One reader over all five transports, who leaves at random, also in the middle of a message, and returns by another, from
 * a feed to which four threads publish at random. The seed decides what the reader does and what is published; the threads'
 * pace is their own.
 */
@Timeout(120)
class FeedResumeTest {
    private static final List<TransportType> TRANSPORTS = List.of(TransportType.values());
    private static final int KEEPS_ALL = 1_000_000;
    private static final int KEEPS_LITTLE = 40;
    /** Whoever is so far ahead of the reader waits: more than little, so that there are gaps. */
    private static final int MOST_UNREAD = 100;

    private static final String PADDING = "\u00e4\n<\u4e2d>".repeat(1000);

    private final Map<Long, String> published = new ConcurrentHashMap<>();
    private final AtomicInteger publishing = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();
    private final Map<TransportType, Integer> messagesBy = new EnumMap<>(TransportType.class);

    @ParameterizedTest
    @ValueSource(longs = {1, 22, 333})
    void whereEverythingIsKeptEveryMessageComesOnceInOrderAndNoGapIsTold(long seed) throws Exception {
        FeedJournal journal = run(seed, 2000, KEEPS_ALL);
        assertThat(journal.missing()).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 55, 666})
    void whereLittleIsKeptTheGapsThatAreToldAreExactlyWhatIsMissing(long seed) throws Exception {
        FeedJournal journal = run(seed, 2000, KEEPS_LITTLE);
        assertThat(journal.missing()).as("seed %d", seed).isNotEmpty();
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110})
    void soItIsForLonger(long seed) throws Exception {
        run(seed, 10_000, seed % 2 == 0 ? KEEPS_ALL : KEEPS_LITTLE);
    }

    /** Everything that was published is in the journal that is returned, or told to be missing. */
    private FeedJournal run(long seed, int each, int kept) throws Exception {
        FeedLimits limits = FeedLimits.defaults()
                .withBuffer(kept, 1 << 30)
                .withQueue(1 << 30)
                .withStreamBytes(20_000);
        try (Posthorn posthorn =
                Posthorn.create(PosthornOptions.defaults().withLoops(2).withCloseDeadline(Duration.ofSeconds(2)))) {
            Feed feed = posthorn.feed(
                    "/feed", FeedOptions.defaults().withLimits(limits).withCallback("take"));
            int port = posthorn.listen("127.0.0.1", 0);
            FeedJournal journal = new FeedJournal(feed.publish("m:first").toString(), "seed " + seed);
            read.set(journal.number());
            List<Thread> publishers = publish(feed, seed, each);
            await().until(() -> published.size() >= MOST_UNREAD);
            wander(port, journal, new Random(seed));
            for (Thread publisher : publishers) {
                publisher.join();
            }
            check(journal, seed, 1 + 4L * each);
            assertThat(posthorn.stats().feed().dropped()).isZero();
            return journal;
        }
    }

    private void check(FeedJournal journal, long seed, long last) {
        assertThat(journal.number()).as("seed %d", seed).isEqualTo(last);
        List<Long> all = new ArrayList<>(journal.texts().keySet());
        all.addAll(journal.missing());
        assertThat(all)
                .as("read or missing, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, last).boxed().toList());
        assertThat(published).as("seed %d", seed).containsAllEntriesOf(journal.texts());
        assertThat(messagesBy).as("messages by transport, seed %d", seed).hasSameSizeAs(TRANSPORTS);
    }

    private void wander(int port, FeedJournal journal, Random random) throws IOException {
        while (publishing.get() > 0 || journal.number() < published.size() + 1) {
            TransportType type = TRANSPORTS.get(random.nextInt(TRANSPORTS.size()));
            try (FeedVisit visit = new FeedVisit(port, type, random)) {
                stay(visit, type, journal, random);
                visit.cut();
            }
        }
    }

    /** Stays for some messages, as long as there are any. */
    private void stay(FeedVisit visit, TransportType type, FeedJournal journal, Random random) throws IOException {
        int wanted = random.nextInt(30);
        visit.ask("/feed", journal.cursor());
        while (wanted > 0 && journal.number() < published.size() + 1) {
            List<FeedJournal.Item> items = visit.next();
            for (FeedJournal.Item item : items) {
                journal.add(item, visit);
                wanted--;
                messagesBy.merge(type, 1, Integer::sum);
            }
            read.set(journal.number());
            if (items.isEmpty()) {
                return;
            }
            if (visit.isPoll()) {
                visit.ask("/feed", journal.cursor());
            }
        }
    }

    private List<Thread> publish(Feed feed, long seed, int each) {
        publishing.set(4);
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(seed * 10 + i);
            String name = "m:" + i + ":";
            Thread publisher = new Thread(() -> publish(feed, random, each, name));
            publishers.add(publisher);
            publisher.start();
        }
        return publishers;
    }

    private void publish(Feed feed, Random random, int each, String name) {
        for (int i = 0; i < each; i++) {
            String text = name + i + PADDING.substring(0, random.nextInt(random.nextInt(20) == 0 ? 4000 : 20));
            Object data = switch (random.nextInt(4)) {
                case 0 -> text.getBytes(StandardCharsets.UTF_8);
                case 1 -> Map.of("said", text);
                default -> text;
            };
            Cursor cursor = random.nextBoolean() ? feed.publish(data) : feed.publish("tick", data);
            published.put(cursor.number(), text);
            while (cursor.number() - read.get() > MOST_UNREAD) {
                LockSupport.parkNanos(50_000);
            }
            if (random.nextInt(20) == 0) {
                LockSupport.parkNanos(random.nextInt(5_000_000));
            }
        }
        publishing.decrementAndGet();
    }
}
