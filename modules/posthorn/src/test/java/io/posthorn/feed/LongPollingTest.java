package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A {@code GET} that waits for a message: {@code Prefer: wait=N} (RFC 7240 4.3) or {@code ?wait=N}. */
@Timeout(60)
class LongPollingTest {
    private final FeedServer server = FeedServer.of(
            FeedLimits.defaults().withTimes(Duration.ofSeconds(40), Duration.ofSeconds(15), Duration.ofSeconds(2)));
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aPollWaitsForTheNextMessage() {
        try (RawClient client = server.send("/feed", "Prefer: wait=30")) {
            server.awaitReaders(1);
            Cursor cursor = feed.publish("tick", "one");
            assertThat(client.answer())
                    .isEqualTo("HTTP/1.1 200 OK\r\n"
                            + "Cache-Control: no-store\r\n"
                            + "Vary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n"
                            + "Access-Control-Expose-Headers: ETag, Event, Gap, Preference-Applied\r\n"
                            + "X-Content-Type-Options: nosniff\r\n"
                            + "Content-Security-Policy: default-src 'none'; sandbox\r\n"
                            + "ETag: \"" + cursor + "\"\r\n"
                            + "Event: tick\r\n"
                            + "Content-Type: text/plain; charset=utf-8\r\n"
                            + "Preference-Applied: wait=30\r\n"
                            + "content-length: 3\r\n"
                            + "\r\n"
                            + "one");
            server.awaitReaders(0);
        }
    }

    @Test
    void theWaitInTheAddressIsNoPreference() {
        try (RawClient client = server.send("/feed?wait=30")) {
            server.awaitReaders(1);
            feed.publish("one");
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nCache-Control: no-store\r\n")
                    .doesNotContain("\r\nPreference-Applied:")
                    .endsWith("\r\n\r\none");
        }
    }

    @Test
    void withoutACursorItGetsWhatComesAfterNow() {
        feed.publish("before");
        try (RawClient client = server.send("/feed?wait=30")) {
            server.awaitReaders(1);
            feed.publish("after");
            assertThat(client.answer()).endsWith("\r\n\r\nafter");
        }
    }

    @Test
    void afterTheWaitAPollIsAnswered204WithTheCursor() {
        Cursor cursor = feed.publish("before");
        assertThat(server.get("/feed", "Prefer: wait=1"))
                .isEqualTo("HTTP/1.1 204 No Content\r\n"
                        + "Cache-Control: no-store\r\n"
                        + "Vary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n"
                        + "Access-Control-Expose-Headers: ETag, Event, Gap, Preference-Applied\r\n"
                        + "X-Content-Type-Options: nosniff\r\n"
                        + "Content-Security-Policy: default-src 'none'; sandbox\r\n"
                        + "ETag: \"" + cursor + "\"\r\n"
                        + "Preference-Applied: wait=1\r\n"
                        + "\r\n");
        server.awaitReaders(0);
    }

    @Test
    void whatIsPublishedBetweenTwoPollsIsNotMissed() {
        String answer = server.get("/feed?wait=0");
        assertThat(answer).startsWith("HTTP/1.1 204 ");
        Cursor one = feed.publish("one");
        String second = server.get("/feed?wait=30&cursor=" + FeedServer.etag(answer));
        assertThat(second).contains("\r\nETag: \"" + one + "\"\r\n").endsWith("\r\n\r\none");
    }

    @Test
    void aWaitEndsBeforeProxiesGiveUp() {
        FeedLimits limits = FeedLimits.defaults();
        assertThat(limits.maxWait()).isLessThan(Duration.ofMinutes(2));
        try (FeedServer hasty =
                FeedServer.of(limits.withTimes(Duration.ofSeconds(1), limits.keepAlive(), limits.retry()))) {
            assertThat(hasty.get("/feed", "Prefer: wait=100000"))
                    .startsWith("HTTP/1.1 204 ")
                    .contains("\r\nPreference-Applied: wait=1\r\n");
        }
    }

    @Test
    void aReaderThatComesBackLateGetsWhatItMissedInOrder() {
        String cursor = feed.publish("zero").toString();
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            published.add("message " + i);
            feed.publish("message " + i);
        }
        for (String expected : published) {
            String answer = server.get("/feed?wait=30&cursor=" + cursor);
            assertThat(answer).endsWith("\r\n\r\n" + expected).doesNotContain("\r\nGap:");
            cursor = FeedServer.etag(answer);
        }
        try (RawClient client = server.send("/feed?wait=30&cursor=" + cursor)) {
            server.awaitReaders(1);
            feed.publish("next");
            assertThat(client.answer()).endsWith("\r\n\r\nnext");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Last-Event-ID: %s",
                "If-None-Match: \"%s\"",
                "If-None-Match: W/\"%s\"",
                "If-None-Match: \"%s\", \"x\""
            })
    void allWaysToNameACursorMeanTheSame(String header) {
        Cursor one = feed.publish("one");
        feed.publish("two");
        feed.publish("three");
        assertThat(server.get("/feed?wait=30", header.formatted(one)))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\ntwo");
    }

    @Test
    void withEnvelopesAllThatWasMissedComesInOneArray() {
        Cursor zero = feed.publish("zero");
        Cursor one = feed.publish("one");
        Cursor two = feed.publish("two");
        assertThat(server.get("/feed?wait=30&envelope=json&cursor=" + zero))
                .contains("\r\nETag: \"" + two + "\"\r\n")
                .endsWith("\r\n\r\n[{\"id\":\"" + one + "\",\"data\":\"one\"},{\"id\":\"" + two
                        + "\",\"data\":\"two\"}]");
    }

    @Test
    void anEnvelopeIsWaitedForToo() {
        try (RawClient client = server.send("/feed?envelope=json", "Prefer: wait=30")) {
            server.awaitReaders(1);
            Cursor one = feed.publish("tick", "one");
            assertThat(client.answer())
                    .contains("\r\nContent-Type: application/json\r\n", "\r\nPreference-Applied: wait=30\r\n")
                    .endsWith("\r\n\r\n{\"id\":\"" + one + "\",\"event\":\"tick\",\"data\":\"one\"}");
        }
    }

    @Test
    void ofABurstAPollGetsTheFirstAndTheNextPollTheRest() {
        try (RawClient client = server.send("/feed?wait=30")) {
            server.awaitReaders(1);
            feed.publish("one");
            feed.publish("two");
            String first = client.answer();
            assertThat(first).endsWith("\r\n\r\none");
            assertThat(client.get("/feed?wait=30&cursor=" + FeedServer.etag(first))
                            .answer())
                    .endsWith("\r\n\r\ntwo");
        }
    }

    @Test
    void everyPollThatWaitsGetsTheMessage() {
        try (RawClient one = server.send("/feed?wait=30");
                RawClient two = server.send("/feed?wait=30");
                RawClient three = server.send("/feed?wait=30&envelope=json")) {
            server.awaitReaders(3);
            feed.publish("for all");
            assertThat(one.answer()).endsWith("\r\n\r\nfor all");
            assertThat(two.answer()).endsWith("\r\n\r\nfor all");
            assertThat(three.answer()).endsWith(",\"data\":\"for all\"}");
        }
        await().until(() -> server.stats().delivered() == 3);
    }

    @Test
    void anAbandonedPollIsForgottenAtOnce() {
        RawClient client = server.send("/feed?wait=30");
        server.awaitReaders(1);
        client.close();
        server.awaitReaders(0);
        assertThat(server.stats().readers(TransportType.LONG_POLLING)).isZero();
        feed.publish("for nobody");
        server.get("/nothing");
        assertThat(server.stats().delivered()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "1s", "1234567890123456789"})
    void aWaitThatIsNoNumberOfSecondsIsRefused(String wait) {
        assertThat(server.get("/feed?wait=" + wait)).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait=", "wait=soon", "wait=-1", "waiting=5", "respond-async"})
    void aPreferenceThatMakesNoSenseIsIgnored(String preference) {
        feed.publish("latest");
        assertThat(server.get("/feed", "Prefer: " + preference))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nCache-Control: private, no-cache\r\n")
                .doesNotContain("\r\nPreference-Applied:")
                .endsWith("\r\n\r\nlatest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "respond-async, wait=0", "WAIT = 0; why=not, handling=strict", "wait=\"0\""})
    void thePreferenceIsFoundAmongOthers(String preference) {
        feed.publish("before");
        assertThat(server.get("/feed", "Prefer: return=minimal", "Prefer: " + preference))
                .startsWith("HTTP/1.1 204 ")
                .contains("\r\nPreference-Applied: wait=0\r\n", "\r\nCache-Control: no-store\r\n");
    }

    @Test
    void theConnectionServesOnePollAfterTheOther() {
        try (RawClient client = server.connect()) {
            String cursor = FeedServer.etag(client.get("/feed?wait=0").answer());
            for (int i = 0; i < 3; i++) {
                client.get("/feed?wait=30&cursor=" + cursor);
                server.awaitReaders(1);
                feed.publish("message " + i);
                String answer = client.answer();
                assertThat(answer).endsWith("\r\n\r\nmessage " + i);
                cursor = FeedServer.etag(answer);
            }
        }
    }
}
