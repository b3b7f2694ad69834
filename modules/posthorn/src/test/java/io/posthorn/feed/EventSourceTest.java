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
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A feed as server-sent events (WHATWG HTML 9.2). */
@Timeout(60)
class EventSourceTest {
    private static final String RETRY = "retry: 2000\n\n";

    private final FeedServer server = new FeedServer();
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void theHeadKeepsEveryoneFromHoldingTheStreamBack() {
        try (FeedStream stream = server.eventSource("/feed")) {
            assertThat(stream.head())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains(
                            "\r\nContent-Type: text/event-stream\r\n",
                            "\r\nCache-Control: no-store, no-transform\r\n",
                            "\r\nX-Accel-Buffering: no\r\n",
                            "\r\nVary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n",
                            "\r\nX-Content-Type-Options: nosniff\r\n",
                            "\r\ntransfer-encoding: chunked\r\n")
                    .doesNotContain("content-length");
        }
    }

    @Test
    void aStreamBeginsWithRetryAndWithWhereItIs() {
        feed.publish("before");
        Cursor now = feed.publish("now");
        try (FeedStream stream = server.eventSource("/feed")) {
            assertThat(stream.chunk()).isEqualTo(RETRY);
            assertThat(stream.chunk()).isEqualTo("id: " + now + "\n\n");
            Cursor next = feed.publish("next");
            assertThat(stream.chunk()).isEqualTo("id: " + next + "\ndata: next\n\n");
        }
    }

    @Test
    void aMessageHasIdEventAndData() {
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish("tick", "12:00");
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\nevent: tick\ndata: 12:00\n\n");
        }
    }

    @Test
    void theNameInTheAddressIsForMessagesWithoutOne() {
        try (FeedStream stream = begun("/feed?event=open")) {
            Cursor unnamed = feed.publish("one");
            assertThat(stream.chunk()).isEqualTo("id: " + unnamed + "\nevent: open\ndata: one\n\n");
            Cursor named = feed.publish("tick", "two");
            assertThat(stream.chunk()).isEqualTo("id: " + named + "\nevent: tick\ndata: two\n\n");
        }
        try (FeedStream stream = begun("/feed?event=")) {
            Cursor unnamed = feed.publish("three");
            assertThat(stream.chunk()).isEqualTo("id: " + unnamed + "\ndata: three\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0Ab", "a%0Db", "a%00b"})
    void aNameInTheAddressThatWouldBreakTheStreamIsRefused(String name) {
        assertThat(server.get("/feed?event=" + name, "Accept: text/event-stream"))
                .startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(server.get("/feed?event=" + "x".repeat(129), "Accept: text/event-stream"))
                .startsWith("HTTP/1.1 400 Bad Request\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\rb", "a\0b"})
    void aNameThatWouldBreakTheStreamIsNotPublished(String name) {
        assertThatThrownBy(() -> feed.publish(name, "data")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFormOfANewlineEndsALine() {
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish("cr\rlf\ncrlf\r\nlfcr\n\rend");
            assertThat(stream.chunk())
                    .isEqualTo("id: " + cursor + "\ndata: cr\ndata: lf\ndata: crlf\ndata: lfcr\ndata: \ndata: end\n\n");
            cursor = feed.publish("\n");
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\ndata: \ndata: \n\n");
            cursor = feed.publish("");
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\ndata: \n\n");
        }
    }

    @Test
    void dataCannotForgeAField() {
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish("x\n\nevent: forged\rid: forged\r\n: forged");
            assertThat(stream.chunk())
                    .isEqualTo("id: " + cursor
                            + "\ndata: x\ndata: \ndata: event: forged\ndata: id: forged\ndata: : forged\n\n");
        }
    }

    @Test
    void onlyTheEnvelopeKeepsABareCr() {
        try (FeedStream stream = begun("/feed?envelope=json")) {
            Cursor cursor = feed.publish("tick", "a\rb\nc");
            assertThat(stream.chunk())
                    .isEqualTo("id: " + cursor + "\nevent: tick\ndata: {\"id\":\"" + cursor
                            + "\",\"event\":\"tick\",\"data\":\"a\\rb\\nc\"}\n\n");
        }
    }

    @Test
    void withEnvelopesTheBeginningIsToldInOne() {
        Cursor now = feed.publish("now");
        try (FeedStream stream = server.eventSource("/feed?envelope=json")) {
            assertThat(stream.chunk()).isEqualTo(RETRY);
            assertThat(stream.chunk()).isEqualTo("id: " + now + "\ndata: {\"id\":\"" + now + "\"}\n\n");
        }
    }

    @Test
    void binaryIsBase64AndJsonIsItsText() {
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish(new byte[] {(byte) 0xff, 0, 1});
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\ndata: /wAB\n\n");
            cursor = feed.publish(Map.of("name", "Grüße 两"));
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\ndata: {\"name\":\"Grüße 两\"}\n\n");
        }
        try (FeedStream stream = begun("/feed?envelope=json")) {
            Cursor cursor = feed.publish(new byte[] {(byte) 0xff, 0, 1});
            assertThat(stream.chunk())
                    .isEqualTo("id: " + cursor + "\ndata: {\"id\":\"" + cursor
                            + "\",\"data\":\"/wAB\",\"encoding\":\"base64\"}\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?cursor=%s|",
                "|Last-Event-ID: %s|",
                "|If-None-Match: \"%s\"|",
                "?cursor=no-1|Last-Event-ID: %s|"
            })
    void whoComesBackGetsWhatItMissedAndIsNotToldWhereItIs(String form) {
        Cursor zero = feed.publish("zero");
        Cursor one = feed.publish("one");
        Cursor two = feed.publish("tick", "two");
        String[] parts = form.formatted(zero).split("\\|", -1);
        String[] headers = parts[1].isEmpty() ? new String[0] : new String[] {parts[1]};
        try (FeedStream stream = server.eventSource("/feed" + parts[0], headers)) {
            assertThat(stream.chunk()).isEqualTo(RETRY);
            assertThat(stream.chunk()).isEqualTo("id: " + one + "\ndata: one\n\n");
            assertThat(stream.chunk()).isEqualTo("id: " + two + "\nevent: tick\ndata: two\n\n");
            Cursor three = feed.publish("three");
            assertThat(stream.chunk()).isEqualTo("id: " + three + "\ndata: three\n\n");
        }
    }

    @Test
    void aLongReplayComesWholeAndInOrder() {
        Cursor start = feed.publish("start");
        for (int i = 0; i < 300; i++) {
            feed.publish("message " + i);
        }
        try (FeedStream stream = server.eventSource("/feed?cursor=" + start)) {
            assertThat(stream.chunk()).isEqualTo(RETRY);
            for (int i = 0; i < 300; i++) {
                assertThat(stream.chunk()).isEqualTo("id: " + start.at(i + 2) + "\ndata: message " + i + "\n\n");
            }
        }
    }

    @Test
    void aQuietStreamSendsAComment() {
        FeedLimits limits = FeedLimits.defaults();
        assertThat(limits.keepAlive()).isLessThanOrEqualTo(Duration.ofSeconds(15));
        try (FeedServer quiet = FeedServer.of(
                        limits.withTimes(limits.maxWait(), Duration.ofMillis(100), Duration.ofMillis(2500)));
                FeedStream stream = quiet.eventSource("/feed")) {
            assertThat(stream.chunk()).isEqualTo("retry: 2500\n\n");
            assertThat(stream.chunk()).startsWith("id: ");
            assertThat(stream.chunk()).isEqualTo(":\n\n");
            assertThat(stream.chunk()).isEqualTo(":\n\n");
            Cursor cursor = quiet.feed().publish("not quiet");
            assertThat(stream.chunkAfter(":\n\n")).isEqualTo("id: " + cursor + "\ndata: not quiet\n\n");
        }
    }

    @Test
    void aReaderThatLeavesIsForgottenAtOnce() {
        FeedStream one = begun("/feed");
        FeedStream two = begun("/feed");
        server.awaitReaders(2);
        one.close();
        server.awaitReaders(1);
        assertThat(server.stats().readers(TransportType.EVENT_SOURCE)).isEqualTo(1);
        Cursor cursor = feed.publish("one");
        assertThat(two.chunk()).isEqualTo("id: " + cursor + "\ndata: one\n\n");
        two.close();
        server.awaitReaders(0);
        assertThat(server.stats().readers(TransportType.EVENT_SOURCE)).isZero();
    }

    @Test
    void headGetsTheHeadAndIsNoReader() {
        try (RawClient client = server.connect()) {
            client.send(FeedServer.request("HEAD", "/feed", "Accept: text/event-stream"));
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nContent-Type: text/event-stream\r\n")
                    .endsWith("\r\n\r\n");
        }
        server.awaitReaders(0);
    }

    /** A stream whose beginning is read: what is published from now on is what comes next. */
    private FeedStream begun(String target) {
        FeedStream stream = server.eventSource(target);
        assertThat(stream.chunk()).isEqualTo(RETRY);
        assertThat(stream.chunk()).startsWith("id: ");
        return stream;
    }
}
