package io.posthorn.feed;

import io.posthorn.transport.Cursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The feeds of a pattern: made on first use, freed when unused. */
@Timeout(60)
class FeedPatternTest {
    private static final FeedLimits LASTING = FeedLimits.defaults().withFeeds(2, Duration.ofDays(1));
    private static final FeedLimits FLEETING = FeedLimits.defaults().withFeeds(2, Duration.ofMillis(50));

    private final FeedServer server = new FeedServer();
    private final List<String> created = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aFeedIsMadeWhenItIsFirstRead() {
        FeedPattern prices = prices(LASTING);
        assertThat(server.stats().feeds()).isZero();
        assertThat(server.get("/prices/ACME")).startsWith("HTTP/1.1 204 ");
        assertThat(server.stats().feeds()).isEqualTo(1);
        prices.feed("ACME").publish("42");
        assertThat(server.get("/prices/ACME")).endsWith("\r\n\r\n42");
        assertThat(server.get("/prices/OTHER")).startsWith("HTTP/1.1 204 ");
        assertThat(created).containsExactly("/prices/ACME", "/prices/OTHER");
    }

    @Test
    void aFeedIsMadeWhenItIsFirstPublishedTo() {
        FeedPattern prices = prices(LASTING);
        prices.feed("ACME").publish("42");
        assertThat(server.post("/prices/OTHER", new byte[] {'1'}, "Content-Type: text/plain"))
                .startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(server.stats().feeds()).isEqualTo(2);
        assertThat(server.get("/prices/ACME")).endsWith("\r\n\r\n42");
        assertThat(server.get("/prices/OTHER")).endsWith("\r\n\r\n1");
        await().until(() -> created.size() == 2);
    }

    @Test
    void aFeedKnowsWhatStandsInItsPathForEachParameter() {
        FeedPattern files = server.posthorn().feeds("/files/{owner}/{path...}", FeedOptions.defaults(), feed -> {});
        Feed readme = files.feed("ann", "docs/readme.md");
        assertThat(readme.path()).isEqualTo("/files/ann/docs/readme.md");
        assertThat(readme.parameter("owner")).contains("ann");
        assertThat(readme.parameter("path")).contains("docs/readme.md");
        assertThat(readme.parameter("other")).isEmpty();
    }

    @Test
    void readersWaitUntilTheFeedIsSetUp() throws Exception {
        CountDownLatch setUp = new CountDownLatch(1);
        server.posthorn().feeds("/slow/{name}", FeedOptions.defaults(), feed -> {
            awaitQuietly(setUp);
            feed.publish("ready");
        });
        try (var client = server.send("/slow/a");
                var other = server.send("/slow/a?transport=eventsource&cursor=x-0")) {
            await().until(() -> server.stats().feeds() == 1);
            assertThat(server.get("/feed")).startsWith("HTTP/1.1 204 ");
            setUp.countDown();
            assertThat(client.answer()).endsWith("\r\n\r\nready");
            assertThat(other.until("data: ready\n")).contains("\r\nContent-Type: text/event-stream\r\n");
        }
    }

    @Test
    void aFeedThatCannotBeSetUpIsAFeedAllTheSame() {
        server.posthorn().feeds("/broken/{name}", FeedOptions.defaults(), feed -> {
            throw new IllegalStateException("this test's set-up fails");
        });
        assertThat(server.get("/broken/a")).startsWith("HTTP/1.1 204 ");
        assertThat(server.stats().sourceFailures()).isEqualTo(1);
    }

    @Test
    void aFeedThatNobodyUsesIsFreed() {
        prices(FLEETING);
        server.get("/prices/ACME");
        await().until(() -> server.stats().feeds() == 0);
    }

    @Test
    void aFeedThatIsReadStaysHoweverQuietItIs() {
        prices(FLEETING);
        try (FeedStream stream = server.eventSource("/prices/ACME")) {
            assertThat(stream.chunk()).startsWith("retry: ");
            for (int i = 0; i < 3; i++) {
                server.get("/prices/other" + i);
                await().until(() -> server.stats().feeds() == 1);
            }
            assertThat(created.stream().filter("/prices/ACME"::equals)).hasSize(1);
        }
        await().until(() -> server.stats().feeds() == 0);
    }

    @Test
    void whereThereAreAsManyFeedsAsMayBeOneMoreIsRefusedWith503() {
        FeedPattern prices = prices(LASTING);
        server.get("/prices/a");
        server.get("/prices/b");
        assertThat(server.get("/prices/c")).startsWith("HTTP/1.1 503 Service Unavailable\r\n");
        assertThat(server.get("/prices/c", "Accept: text/event-stream")).startsWith("HTTP/1.1 503 ");
        assertThat(server.post("/prices/c", new byte[0], "Content-Type: text/plain"))
                .startsWith("HTTP/1.1 503 ");
        assertThatThrownBy(() -> prices.feed("c").publish("one too many"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/prices/c");
        assertThat(server.get("/prices/b")).startsWith("HTTP/1.1 204 ");
        assertThat(created).containsExactly("/prices/a", "/prices/b");
        assertThat(server.stats().refusedReaders()).isEqualTo(2);
        assertThat(server.stats().refusedPublishes()).isEqualTo(1);
    }

    @Test
    void aFeedThatIsFreedMakesRoom() {
        prices(FLEETING);
        for (int i = 0; i < 4; i++) {
            String path = "/prices/" + i;
            await().until(() -> server.get(path).startsWith("HTTP/1.1 204 "));
        }
        assertThat(created).containsExactly("/prices/0", "/prices/1", "/prices/2", "/prices/3");
    }

    @Test
    void aFeedThatIsMadeAnewBeginsANewEpochWhichIsToldAsAGap() {
        FeedPattern prices = prices(FLEETING);
        Feed kept = prices.feed("ACME");
        Cursor old = kept.publish("old");
        await().until(() -> server.stats().feeds() == 0);
        Cursor first = kept.publish("new");
        assertThat(first.epoch()).isNotEqualTo(old.epoch());
        assertThat(first.number()).isEqualTo(1);
        try (FeedStream stream = server.eventSource("/prices/ACME", "Last-Event-ID: " + old)) {
            assertThat(stream.chunk()).startsWith("retry: ");
            String position = stream.chunk();
            assertThat(position).contains("event: gap\ndata: {\"after\":\"" + old + "\",\"before\":\"");
            kept.publish("next");
            String next = position.contains("data: new\n") ? stream.chunk() : stream.chunkAfter("data: new\n");
            assertThat(next).contains("data: ");
        }
        await().until(() -> created.size() >= 2);
        assertThat(created).allMatch("/prices/ACME"::equals);
    }

    @Test
    void theFeedOfAPathIsTheOneOfItsValues() {
        FeedPattern prices = prices(LASTING);
        prices.feed("a/b").publish("slash");
        assertThat(server.get("/prices/a%2Fb")).endsWith("\r\n\r\nslash");
        prices.feed("Grüße 两").publish("decoded");
        assertThat(server.get("/prices/Gr%C3%BC%C3%9Fe%20%E4%B8%A4")).endsWith("\r\n\r\ndecoded");
        assertThatThrownBy(prices::feed).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prices.feed("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prices.feed("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFeedOfItsOwnPathIsNeverFreed() {
        Cursor cursor = server.feed().publish("kept");
        prices(FLEETING);
        server.get("/prices/ACME");
        await().until(() -> server.stats().feeds() == 1);
        assertThat(server.get("/feed")).contains("\r\nETag: \"" + cursor + "\"\r\n");
    }

    @Test
    void aFeedMayGetASourceWhenItIsMade() {
        server.posthorn()
                .feeds("/clock/{zone}", FeedOptions.defaults(), feed -> feed.every(Duration.ofHours(1), feed::path));
        assertThat(server.get("/clock/UTC")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n/clock/UTC");
    }

    private FeedPattern prices(FeedLimits limits) {
        FeedOptions options = FeedOptions.defaults().withLimits(limits).withPublishing(PublishAuthorizer.anyone());
        return server.posthorn().feeds("/prices/{symbol}", options, feed -> created.add(feed.path()));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
