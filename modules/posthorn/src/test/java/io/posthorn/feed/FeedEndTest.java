package io.posthorn.feed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A feed that is ended: its readers are let go, and used again it begins anew. */
@Timeout(60)
class FeedEndTest {
    private final FeedServer server = new FeedServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void everyReaderIsLetGo() {
        try (var poll = server.send("/feed?wait=60");
                var events = server.eventSource("/feed");
                var frame = server.stream("/feed?transport=iframe");
                var socket = server.webSocket("/feed")) {
            server.awaitReaders(4);
            server.feed().end();
            assertThat(poll.answer()).startsWith("HTTP/1.1 204 ");
            assertThat(events.rest()).endsWith("\r\n0\r\n\r\n");
            assertThat(frame.rest()).endsWith("\r\n0\r\n\r\n");
            assertThat(socket.closeCode()).isEqualTo(1001);
        }
        await().until(() -> server.stats().feeds() == 0);
        assertThat(server.feed().readers()).isZero();
    }

    @Test
    void usedAgainItHasANewEpochAndTellsAReaderFromBeforeOfTheGap() {
        String before = server.feed().publish("before").toString();
        server.feed().end();
        assertThat(server.get("/feed")).startsWith("HTTP/1.1 204 ");
        server.feed().publish("after");
        String answer = server.get("/feed?cursor=" + before);
        assertThat(answer).contains("\r\nGap: ").endsWith("\r\n\r\nafter");
        assertThat(FeedServer.etag(answer)).doesNotStartWith(before.substring(0, before.indexOf('-')));
    }

    @Test
    void itsSourceIsGoneToo() {
        AtomicInteger calls = new AtomicInteger();
        server.feed().every(Duration.ofMillis(1), calls::incrementAndGet);
        try (var socket = server.webSocket("/feed")) {
            assertThat(socket.text()).isEqualTo("1");
            server.feed().end();
            socket.closeCodeAtLast();
        }
        try (var socket = server.webSocket("/feed")) {
            await().until(() -> server.feed().readers() == 1);
            server.feed().publish("mine");
            assertThat(socket.text()).isEqualTo("mine");
        }
    }

    @Test
    void aFeedOfAPatternIsMadeAnew() {
        AtomicInteger made = new AtomicInteger();
        FeedPattern rooms =
                server.posthorn().feeds("/rooms/{name}", FeedOptions.defaults(), feed -> made.incrementAndGet());
        Feed blue = rooms.feed("blue");
        Feed red = rooms.feed("red");
        blue.publish("1");
        red.publish("2");
        blue.end();
        blue.end();
        assertThat(server.stats().feeds()).isEqualTo(1);
        assertThat(server.get("/rooms/blue")).startsWith("HTTP/1.1 204 ");
        assertThat(server.get("/rooms/red")).endsWith("\r\n\r\n2");
        assertThat(made).hasValue(3);
    }

    @Test
    void whoWaitedForTheFeedThatEndedReadsTheNextOne() throws Exception {
        CountDownLatch setUp = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        FeedPattern rooms = server.posthorn().feeds("/rooms/{name}", FeedOptions.defaults(), feed -> {
            if (made.incrementAndGet() == 1) {
                awaitQuietly(setUp);
            }
        });
        try (var reader = server.send("/rooms/blue?transport=websocket&wait=60");
                var events = server.send("/rooms/blue?transport=eventsource")) {
            await().until(() -> rooms.feed("blue").readers() == 2);
            rooms.feed("blue").end();
            setUp.countDown();
            assertThat(events.head()).startsWith("HTTP/1.1 200 ");
            assertThat(reader.answer()).startsWith("HTTP/1.1 4");
            await().until(() -> rooms.feed("blue").readers() == 1);
            rooms.feed("blue").publish("hello");
            assertThat(events.until("data: hello\n")).contains("id:");
        }
        assertThat(made).hasValue(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
