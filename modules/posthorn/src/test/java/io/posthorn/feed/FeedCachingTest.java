package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Payload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What caches, and pages of other origins, are told about a feed's answers. */
@Timeout(60)
class FeedCachingTest {
    private final FeedServer server = new FeedServer();
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aShortPollIsThisBrowsersAndAskedForAgain() {
        assertThat(server.get("/feed")).contains("\r\nCache-Control: private, no-cache\r\n");
        Cursor cursor = feed.publish("one");
        assertThat(server.get("/feed")).contains("\r\nCache-Control: private, no-cache\r\n");
        assertThat(server.get("/feed?cursor=" + cursor)).contains("\r\nCache-Control: private, no-cache\r\n");
        assertThat(server.get("/feed", "If-None-Match: *")).contains("\r\nCache-Control: private, no-cache\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/feed?wait=0, no-store",
        "/feed?wait=30&cursor=x-0, no-store",
        "/feed?transport=eventsource, 'no-store, no-transform'",
        "/feed?transport=iframe, 'no-store, no-transform'"
    })
    void nothingElseIsStored(String target, String expected) {
        feed.publish("one");
        try (RawClient client = server.send(target)) {
            assertThat(client.head()).contains("\r\nCache-Control: " + expected + "\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/feed",
        "/feed?cursor=x-0",
        "/feed?wait=0",
        "/feed?envelope=json",
        "/feed?transport=eventsource",
        "/feed?transport=iframe"
    })
    void everyAnswerVariesByWhatChoseItAndLetsOtherOriginsReadItsHeaders(String target) {
        feed.publish("one");
        try (RawClient client = server.send(target)) {
            String head = client.head();
            assertThat(head)
                    .containsOnlyOnce("\r\nVary: ")
                    .contains("\r\nVary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n")
                    .contains("\r\nAccess-Control-Expose-Headers: ETag, Event, Gap, Preference-Applied\r\n")
                    .containsOnlyOnce("\r\nX-Content-Type-Options: nosniff\r\n");
        }
    }

    @Test
    void aPageThatWasPublishedRunsNothingInAnAddressBar() {
        feed.publish(Payload.text("text/html", "<script>alert(1)</script>".getBytes(UTF_8)));
        assertThat(server.get("/feed", "Sec-Fetch-Dest: document", "Accept: text/html"))
                .contains(
                        "\r\nContent-Type: text/html\r\n",
                        "\r\nContent-Security-Policy: default-src 'none'; sandbox\r\n",
                        "\r\nX-Content-Type-Options: nosniff\r\n")
                .endsWith("<script>alert(1)</script>");
    }
}
