package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** One numbering for all transports: where a reader was, and what it is told where that is not known any more. */
@Timeout(60)
class CursorTest {
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: posthorn.feed";

    private final FeedServer server = FeedServer.of(FeedLimits.defaults().withBuffer(3, 1 << 20));
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aCursorIsAnEpochAndANumber() {
        Cursor one = feed.publish("one");
        assertThat(one.toString()).matches("[0-9a-zA-Z]{8,32}-1");
        assertThat(feed.publish("two")).hasToString(one.epoch() + "-2");
        try (FeedServer other = new FeedServer()) {
            assertThat(other.feed().publish("one").epoch()).isNotEqualTo(one.epoch());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone-1", "gone-0", "0-0"})
    void anUnknownEpochIsAGap(String cursor) {
        Cursor first = feed.publish("first");
        assertGap(server.get("/feed?cursor=" + cursor), cursor, first, "first");
        assertGap(server.get("/feed?wait=30&cursor=" + cursor), cursor, first, "first");
        assertThat(server.stats().gaps()).isEqualTo(2);
    }

    @Test
    void aNumberNoLongerInTheBufferIsAGapBeforeTheOldestThatIsThere() {
        Cursor first = feed.publish("message 1");
        for (int i = 2; i <= 6; i++) {
            feed.publish("message " + i);
        }
        assertGap(server.get("/feed?cursor=" + first), first.toString(), first.at(4), "message 4");
        assertGap(server.get("/feed?cursor=" + first.at(0)), first.at(0).toString(), first.at(4), "message 4");
        assertGap(server.get("/feed?cursor=" + first.at(2)), first.at(2).toString(), first.at(4), "message 4");
        assertThat(server.get("/feed?cursor=" + first.at(3)))
                .doesNotContain("\r\nGap:")
                .endsWith("\r\n\r\nmessage 4");
    }

    @Test
    void theBeginningIsNoGapWhereAllIsThere() {
        String beginning = FeedServer.etag(server.get("/feed"));
        feed.publish("first");
        assertThat(server.get("/feed?cursor=" + beginning))
                .doesNotContain("\r\nGap:")
                .endsWith("\r\n\r\nfirst");
    }

    @Test
    void aNumberThatWasNotReachedYetIsAGap() {
        Cursor first = feed.publish("first");
        assertGap(server.get("/feed?cursor=" + first.at(9)), first.at(9).toString(), first, "first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "-1",
                "a-",
                "a--1",
                "a-1-2",
                "a-x",
                "a%0A-1",
                "a-9999999999999999999",
                "%F0%9F%98%80-1"
            })
    void whatIsNoCursorIsAGapWithoutABeginning(String cursor) {
        Cursor first = feed.publish("first");
        assertThat(server.get("/feed?cursor=" + cursor))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nGap: before=\"" + first + "\"\r\n")
                .endsWith("\r\n\r\nfirst");
    }

    @Test
    void anEmptyCursorIsNone() {
        feed.publish("first");
        feed.publish("latest");
        assertThat(server.get("/feed?cursor=", "Last-Event-ID:"))
                .doesNotContain("\r\nGap:")
                .endsWith("\r\n\r\nlatest");
    }

    @Test
    void whereTheBufferIsEmptyTheGapIsToldAtOnceOnceAndEndsBeforeTheNextMessage() {
        String next = FeedServer.etag(server.get("/feed")).replace("-0", "-1");
        for (String wait : List.of("", "&wait=30")) {
            String answer = server.get("/feed?cursor=gone-7" + wait);
            assertThat(answer)
                    .startsWith("HTTP/1.1 204 No Content\r\n")
                    .contains("\r\nGap: after=\"gone-7\", before=\"" + next + "\"\r\n");
            assertThat(server.get("/feed?cursor=" + FeedServer.etag(answer)))
                    .startsWith("HTTP/1.1 204 ")
                    .doesNotContain("\r\nGap:");
        }
        try (FeedStream stream = server.eventSource("/feed?cursor=gone-7");
                FeedSocket socket = server.webSocket("/feed?cursor=gone-7", SUBPROTOCOL)) {
            String position = next.replace("-1", "-0");
            assertThat(stream.chunk()).startsWith("retry: ");
            assertThat(stream.chunk())
                    .isEqualTo("id: " + position + "\nevent: gap\ndata: {\"after\":\"gone-7\",\"before\":\"" + next
                            + "\"}\n\n");
            assertThat(socket.text())
                    .isEqualTo(
                            "{\"id\":\"" + position + "\",\"gap\":{\"after\":\"gone-7\",\"before\":\"" + next + "\"}}");
            Cursor first = feed.publish("first");
            assertThat(first).hasToString(next);
            assertThat(stream.chunk()).isEqualTo("id: " + first + "\ndata: first\n\n");
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + first + "\",\"data\":\"first\"}");
        }
    }

    @Test
    void anEventSourceIsToldTheGapBeforeTheMessageBehindIt() {
        Cursor first = feed.publish("first");
        try (FeedStream stream = server.eventSource("/feed", "Last-Event-ID: gone-7")) {
            assertThat(stream.chunk()).startsWith("retry: ");
            assertThat(stream.chunk())
                    .isEqualTo("event: gap\ndata: {\"after\":\"gone-7\",\"before\":\"" + first + "\"}\n\n" + "id: "
                            + first + "\ndata: first\n\n");
        }
        try (FeedStream stream = server.eventSource("/feed?cursor=nonsense")) {
            assertThat(stream.chunk()).startsWith("retry: ");
            assertThat(stream.chunk()).startsWith("event: gap\ndata: {\"before\":\"" + first + "\"}\n\n");
        }
    }

    @Test
    void envelopesHaveTheGapInThem() {
        Cursor first = feed.publish("first");
        Cursor second = feed.publish("second");
        String gap = ",\"gap\":{\"after\":\"gone-7\",\"before\":\"" + first + "\"}}";
        assertThat(server.get("/feed?envelope=json&cursor=gone-7"))
                .contains("\r\nGap: after=\"gone-7\", before=\"" + first + "\"\r\n")
                .endsWith("\r\n\r\n[{\"id\":\"" + first + "\",\"data\":\"first\"" + gap + ",{\"id\":\"" + second
                        + "\",\"data\":\"second\"}]");
        try (FeedStream stream = server.eventSource("/feed?envelope=json&cursor=gone-7")) {
            assertThat(stream.chunk()).startsWith("retry: ");
            assertThat(stream.chunk())
                    .isEqualTo("id: " + first + "\ndata: {\"id\":\"" + first + "\",\"data\":\"first\"" + gap + "\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursor=%s|X: y",
                "x=y|Last-Event-ID: %s",
                "x=y|If-None-Match: \"%s\"",
                "x=y|If-None-Match: W/\"%s\""
            })
    void whateverSaysWhereAReaderWasMeansTheSameToAllButShortPolls(String form) {
        Cursor first = feed.publish("first message");
        feed.publish("second message");
        String[] parts = form.formatted(first).split("\\|", -1);
        for (String transport : List.of("long", "iframe", "eventsource")) {
            try (RawClient client = server.send("/feed?transport=" + transport + "&" + parts[0], parts[1])) {
                assertThat(client.until("second message")).doesNotContain("first message");
            }
        }
        try (FeedSocket socket = server.webSocket("/feed?" + parts[0], parts[1])) {
            assertThat(socket.text()).isEqualTo("second message");
        }
        assertThat(server.stats().gaps() + server.stats().untoldGaps()).isZero();
    }

    @Test
    void theHeaderOfAReconnectWinsOverTheAddress() {
        Cursor first = feed.publish("first");
        feed.publish("second");
        feed.publish("third");
        assertThat(server.get("/feed?cursor=" + first, "Last-Event-ID: " + first.at(2)))
                .endsWith("\r\n\r\nthird");
    }

    @Test
    void aReaderThatChangesItsTransportHasEveryMessageOnceAndInOrder() {
        List<String> got = new ArrayList<>();
        String cursor = FeedServer.etag(server.get("/feed"));
        feed.publish("1");
        feed.publish("2");
        String answer = server.get("/feed?cursor=" + cursor);
        got.add(answer.substring(answer.length() - 1));
        try (FeedStream stream = server.eventSource("/feed", "Last-Event-ID: " + FeedServer.etag(answer))) {
            stream.chunk();
            String event = stream.chunk();
            got.add(event.substring(event.indexOf("data: ") + 6).trim());
            cursor = event.substring("id: ".length(), event.indexOf('\n'));
        }
        feed.publish("3");
        feed.publish("4");
        try (FeedSocket socket = server.webSocket("/feed?envelope=json&cursor=" + cursor)) {
            String envelope = socket.text();
            got.add(envelope.replaceAll(".*\"data\":\"(.)\".*", "$1"));
            cursor = envelope.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        }
        try (FeedStream frame = server.stream("/feed?transport=iframe&cursor=" + cursor)) {
            frame.chunk();
            String script = frame.chunk();
            got.add(script.replaceAll("(?s).*onMessage\\(\"(.)\".*", "$1"));
            cursor = script.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
        }
        try (RawClient poll = server.send("/feed?wait=30&cursor=" + cursor)) {
            server.awaitReaders(1);
            feed.publish("5");
            got.add(poll.answer().replaceAll("(?s).*(.)", "$1"));
        }
        assertThat(got).containsExactly("1", "2", "3", "4", "5");
    }

    private static void assertGap(String answer, String after, Cursor before, String body) {
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nGap: after=\"" + after + "\", before=\"" + before + "\"\r\n")
                .contains("\r\nETag: \"" + before + "\"\r\n")
                .endsWith("\r\n\r\n" + body);
    }
}
