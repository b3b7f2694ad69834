package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A plain {@code GET} of a feed. */
@Timeout(60)
class ShortPollingTest {
    private final FeedServer server = new FeedServer();
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aPlainGetGetsTheLatestMessageAtOnce() {
        feed.publish("one");
        Cursor latest = feed.publish("two");
        assertThat(server.get("/feed"))
                .isEqualTo("HTTP/1.1 200 OK\r\n"
                        + "Cache-Control: private, no-cache\r\n"
                        + "Vary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n"
                        + "Access-Control-Expose-Headers: ETag, Event, Gap, Preference-Applied\r\n"
                        + "X-Content-Type-Options: nosniff\r\n"
                        + "Content-Security-Policy: default-src 'none'; sandbox\r\n"
                        + "ETag: \"" + latest + "\"\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "content-length: 3\r\n"
                        + "\r\n"
                        + "two");
    }

    @Test
    void aFeedWithoutAMessageAnswers204WithWhereItIs() {
        String answer = server.get("/feed");
        assertThat(answer)
                .startsWith("HTTP/1.1 204 No Content\r\n")
                .contains("\r\nCache-Control: private, no-cache\r\n")
                .containsPattern("\r\nETag: \"[0-9a-zA-Z]+-0\"\r\n")
                .doesNotContain("content-length")
                .endsWith("\r\n\r\n");
        Cursor first = feed.publish("one");
        assertThat(first).hasToString(FeedServer.etag(answer).replace("-0", "-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"x\", \"%s\"", "W/\"x\" ,W/\"%s\"", "*"})
    void whoNamesTheLatestCursorGets304(String header) {
        feed.publish("one");
        Cursor latest = feed.publish("two");
        assertThat(server.get("/feed", "If-None-Match: " + header.formatted(latest)))
                .isEqualTo("HTTP/1.1 304 Not Modified\r\n"
                        + "Cache-Control: private, no-cache\r\n"
                        + "Vary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n"
                        + "Access-Control-Expose-Headers: ETag, Event, Gap, Preference-Applied\r\n"
                        + "X-Content-Type-Options: nosniff\r\n"
                        + "Content-Security-Policy: default-src 'none'; sandbox\r\n"
                        + "ETag: \"" + latest + "\"\r\n"
                        + "\r\n");
    }

    @Test
    void ifNoneMatchInTwoLinesIsOneList() {
        Cursor latest = feed.publish("one");
        assertThat(server.get("/feed", "If-None-Match: \"x\"", "If-None-Match: \"" + latest + "\""))
                .startsWith("HTTP/1.1 304 ");
    }

    @Test
    void anEarlierCursorInIfNoneMatchMeansNoMoreThanThatTheLatestIsNew() {
        Cursor first = feed.publish("one");
        feed.publish("two");
        Cursor latest = feed.publish("three");
        assertThat(server.get("/feed", "If-None-Match: \"" + first + "\""))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nETag: \"" + latest + "\"\r\n")
                .doesNotContain("\r\nGap:")
                .endsWith("\r\n\r\nthree");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?cursor=%s|", "|Last-Event-ID: %s", "?cursor=no-1|Last-Event-ID: %s"})
    void withACursorItResumesWithTheNextMessage(String form) {
        Cursor first = feed.publish("one");
        Cursor second = feed.publish("two");
        feed.publish("three");
        String[] parts = form.formatted(first).split("\\|", -1);
        String[] headers = parts[1].isEmpty() ? new String[0] : new String[] {parts[1]};
        assertThat(server.get("/feed" + parts[0], headers))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nETag: \"" + second + "\"\r\n", "\r\nCache-Control: private, no-cache\r\n")
                .doesNotContain("\r\nGap:")
                .endsWith("\r\n\r\ntwo");
    }

    @Test
    void aResumedPollIsNotAnswered304() {
        Cursor first = feed.publish("one");
        Cursor second = feed.publish("two");
        assertThat(server.get("/feed?cursor=" + first, "If-None-Match: \"" + second + "\""))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\ntwo");
    }

    @Test
    void nothingBehindTheCursorIs204WithTheCursor() {
        Cursor latest = feed.publish("one");
        assertThat(server.get("/feed?cursor=" + latest))
                .startsWith("HTTP/1.1 204 No Content\r\n")
                .contains("\r\nETag: \"" + latest + "\"\r\n")
                .doesNotContain("\r\nGap:");
    }

    @Test
    void aPollerWithACursorHasEveryMessageOnceAndInOrder() {
        String cursor = FeedServer.etag(server.get("/feed"));
        for (int i = 0; i < 5; i++) {
            feed.publish("message " + i);
        }
        for (int i = 0; i < 5; i++) {
            String answer = server.get("/feed?cursor=" + cursor);
            assertThat(answer).endsWith("\r\n\r\nmessage " + i);
            cursor = FeedServer.etag(answer);
        }
        assertThat(server.get("/feed?cursor=" + cursor)).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void withEnvelopesAllThatWasMissedComesInOneArray() {
        Cursor zero = feed.publish("zero");
        Cursor one = feed.publish("one");
        Cursor two = feed.publish("tick", Map.of("n", 2));
        Cursor three = feed.publish(new byte[] {1, 2, 3});
        assertThat(server.get("/feed?envelope=json&cursor=" + zero))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nContent-Type: application/json\r\n", "\r\nETag: \"" + three + "\"\r\n")
                .endsWith("\r\n\r\n[{\"id\":\"" + one + "\",\"data\":\"one\"},"
                        + "{\"id\":\"" + two + "\",\"event\":\"tick\",\"data\":{\"n\":2}},"
                        + "{\"id\":\"" + three + "\",\"data\":\"AQID\",\"encoding\":\"base64\"}]");
    }

    @Test
    void allThatWasMissedComesInOneAnswerHoweverLargeItIs() {
        Cursor before = feed.publish("begin");
        String large = "x".repeat(30_000);
        for (int i = 0; i < 20; i++) {
            feed.publish(large);
        }
        String answer = server.get("/feed?envelope=json&cursor=" + before);
        assertThat(answer.split("\"data\":", -1)).hasSize(21);
        assertThat(answer).contains("\r\nETag: \"" + before.at(before.number() + 20) + "\"\r\n");
    }

    @Test
    void oneMessageComesInOneEnvelope() {
        feed.publish("one");
        Cursor latest = feed.publish("tick", "two");
        assertThat(server.get("/feed?envelope=json"))
                .contains("\r\nContent-Type: application/json\r\n", "\r\nEvent: tick\r\n")
                .endsWith("\r\n\r\n{\"id\":\"" + latest + "\",\"event\":\"tick\",\"data\":\"two\"}");
        assertThat(server.get("/feed?envelope=json&cursor=" + latest))
                .startsWith("HTTP/1.1 204 ")
                .contains("\r\nETag: \"" + latest + "\"\r\n");
    }

    @Test
    void anotherEnvelopeIsRefused() {
        assertThat(server.get("/feed?envelope=xml")).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(server.stats().refusedReaders()).isEqualTo(1);
    }

    @Test
    void theEventNameIsInAHeaderOfItsOwn() {
        feed.publish("tick", "one");
        assertThat(server.get("/feed")).contains("\r\nEvent: tick\r\n");
        feed.publish("两 50%", "two");
        assertThat(server.get("/feed")).contains("\r\nEvent: %E4%B8%A4%2050%25\r\n");
        feed.publish("three");
        assertThat(server.get("/feed")).doesNotContain("\r\nEvent:");
    }

    @Test
    void theBodyHasItsOwnContentType() {
        feed.publish("Grüße");
        assertThat(server.get("/feed"))
                .contains("\r\nContent-Type: text/plain; charset=utf-8\r\n")
                .endsWith("\r\n\r\n" + FeedServer.latin1("Grüße"));
        feed.publish(Map.of("name", "Grüße"));
        assertThat(server.get("/feed"))
                .contains("\r\nContent-Type: application/json\r\n")
                .endsWith("\r\n\r\n" + FeedServer.latin1("{\"name\":\"Grüße\"}"));
        feed.publish(new byte[] {0, (byte) 0xff, 'a'});
        assertThat(server.get("/feed"))
                .contains("\r\nContent-Type: application/octet-stream\r\n")
                .endsWith("\r\n\r\n\0\u00ffa");
    }

    @Test
    void anEmptyMessageIsOneToo() {
        Cursor latest = feed.publish("");
        assertThat(server.get("/feed"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nETag: \"" + latest + "\"\r\n", "\r\ncontent-length: 0\r\n");
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() {
        Cursor latest = feed.publish("tick", "two");
        try (RawClient client = server.connect()) {
            client.send("HEAD /feed HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nETag: \"" + latest + "\"\r\n", "\r\nEvent: tick\r\n", "\r\ncontent-length: 3\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void pollsShareAConnection() {
        try (RawClient client = server.connect()) {
            feed.publish("one");
            assertThat(client.get("/feed").answer()).endsWith("one");
            feed.publish("two");
            assertThat(client.get("/feed").answer()).endsWith("two");
            client.get("/feed").get("/feed?envelope=json");
            assertThat(client.answer()).endsWith("two");
            assertThat(client.answer()).contains("\"data\":\"two\"");
        }
    }

    @Test
    void aPollIsAReaderUntilItIsAnswered() {
        server.get("/feed");
        server.awaitReaders(0);
        assertThat(server.stats().opened()).containsEntry(TransportType.SHORT_POLLING, 1L);
        assertThat(server.stats().closed()).containsEntry(TransportType.SHORT_POLLING, 1L);
    }
}
