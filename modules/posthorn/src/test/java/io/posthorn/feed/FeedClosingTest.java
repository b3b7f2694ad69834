package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a feed's readers see when the server closes. */
@Timeout(60)
class FeedClosingTest {
    private final FeedServer server = new FeedServer();
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void aPollThatWaitsIsAnswered204WithTheCursor() {
        Cursor cursor = feed.publish("before");
        CompletableFuture<Void> closing;
        try (RawClient poll = server.send("/feed?wait=30")) {
            server.awaitReaders(1);
            closing = CompletableFuture.runAsync(server::close);
            assertThat(poll.rest())
                    .startsWith("HTTP/1.1 204 No Content\r\n")
                    .contains("\r\nETag: \"" + cursor + "\"\r\n", "\r\nconnection: close\r\n")
                    .endsWith("\r\n\r\n");
        }
        closing.join();
        assertThat(server.stats().readers(TransportType.LONG_POLLING)).isZero();
    }

    @Test
    void streamsGetTheirLastChunk() {
        CompletableFuture<Void> closing;
        try (FeedStream events = server.eventSource("/feed");
                FeedStream frame = server.stream("/feed?transport=iframe")) {
            server.awaitReaders(2);
            Cursor cursor = feed.publish("last words");
            closing = CompletableFuture.runAsync(server::close);
            events.chunk();
            events.chunk();
            assertThat(events.chunk()).isEqualTo("id: " + cursor + "\ndata: last words\n\n");
            assertThat(events.rest()).isEqualTo("0\r\n\r\n");
            frame.chunk();
            assertThat(frame.chunk()).contains("\"last words\"");
            assertThat(frame.rest()).isEqualTo("0\r\n\r\n");
        }
        closing.join();
        assertThat(server.stats().readers(TransportType.EVENT_SOURCE)).isZero();
        assertThat(server.stats().readers(TransportType.IFRAME)).isZero();
    }

    @Test
    void webSocketsAreClosedWith1001() {
        CompletableFuture<Void> closing;
        try (FeedSocket plain = server.webSocket("/feed");
                FeedSocket told = server.webSocket("/feed?envelope=json")) {
            server.awaitReaders(2);
            closing = CompletableFuture.runAsync(server::close);
            told.text();
            assertThat(plain.closeCode()).isEqualTo(1001);
            assertThat(told.closeCode()).isEqualTo(1001);
            plain.leave();
            told.leave();
        }
        closing.join();
        assertThat(server.stats().readers(TransportType.WEB_SOCKET)).isZero();
    }

    @Test
    void aStreamThatReadsWhatItMissedIsEndedToo() {
        FeedLimits limits = FeedLimits.defaults().withBuffer(1000, 1L << 30);
        try (FeedServer large = FeedServer.of(limits)) {
            Cursor first = large.feed().publish("first");
            for (int i = 0; i < 400; i++) {
                large.feed().publish("x".repeat(64 * 1024));
            }
            CompletableFuture<Void> closing;
            try (FeedStream late = large.eventSource("/feed?cursor=" + first)) {
                large.awaitReaders(1);
                closing = CompletableFuture.runAsync(large::close);
                String chunk = late.chunk();
                while (!chunk.isEmpty()) {
                    chunk = late.chunk();
                }
                assertThat(late.rest()).isEmpty();
            }
            closing.join();
        }
    }

    @Test
    void aPollThatWaitsForASourceIsAnswered() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        feed.every(Duration.ofHours(1), () -> {
            asked.countDown();
            awaitQuietly(never);
            return "too late";
        });
        CompletableFuture<Void> closing;
        try (RawClient poll = server.send("/feed")) {
            awaitQuietly(asked);
            closing = CompletableFuture.runAsync(server::close);
            assertThat(poll.rest()).matches("(?s)HTTP/1.1 (204|503) .*\r\nconnection: close\r\n.*");
        }
        never.countDown();
        closing.join();
    }

    @Test
    void afterwardsNothingIsPublished() {
        server.close();
        assertThatThrownBy(() -> feed.publish("too late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> feed.every(Duration.ofSeconds(1), () -> "too late"))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
