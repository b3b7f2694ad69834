package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A feed that asks a supplier for a message once in a period. */
@Timeout(60)
class FeedSourceTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration NEVER_AGAIN = Duration.ofHours(1);

    private final FeedServer server = new FeedServer();
    private final Feed feed = server.feed();
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void oneTimerServesAllReaders() {
        feed.every(SHORT, calls::incrementAndGet);
        try (FeedStream one = server.eventSource("/feed?event=tick");
                FeedStream two = server.eventSource("/feed?event=tick");
                FeedSocket three = server.webSocket("/feed?envelope=json")) {
            server.awaitReaders(3);
            String id = "";
            for (int i = 0; i < 5; i++) {
                id = messageAfter(one, id);
            }
            assertThat(messageAfter(two, "")).isNotEmpty();
            assertThat(three.text()).startsWith("{\"id\":");
        }
    }

    @Test
    void whatTheSupplierGivesIsPublishedInOrder() {
        feed.every(SHORT, () -> "call " + calls.incrementAndGet());
        try (FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            for (int i = 1; i <= 4; i++) {
                assertThat(stream.chunk()).endsWith("-" + i + "\ndata: call " + i + "\n\n");
            }
        }
    }

    @Test
    void theTimerRunsOnlyWhileThereAreReaders() {
        feed.every(SHORT, calls::incrementAndGet);
        awaitTicksElsewhere(5);
        assertThat(calls).hasValue(0);
        try (FeedStream stream = server.eventSource("/feed")) {
            await().until(() -> calls.get() >= 3);
            assertThat(stream.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
        server.awaitReaders(0);
        awaitTicksElsewhere(5);
        int stopped = calls.get();
        awaitTicksElsewhere(10);
        assertThat(calls).hasValue(stopped);
        try (FeedStream stream = server.eventSource("/feed")) {
            await().until(() -> calls.get() >= stopped + 2);
            assertThat(stream.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void theFirstPollOfAnIdleClockGetsAFreshMessage() {
        feed.publish("stale");
        feed.every(NEVER_AGAIN, () -> "fresh " + calls.incrementAndGet());
        assertThat(server.get("/feed")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nfresh 1");
    }

    @Test
    void pollsMakeAtMostOneMessageInAPeriod() {
        feed.every(NEVER_AGAIN, () -> "fresh " + calls.incrementAndGet());
        for (int i = 0; i < 5; i++) {
            assertThat(server.get("/feed")).endsWith("\r\n\r\nfresh 1");
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void aPollThatResumesWaitsForTheFreshMessageToo() {
        String cursor = FeedServer.etag(server.get("/feed"));
        feed.every(NEVER_AGAIN, () -> "fresh " + calls.incrementAndGet());
        assertThat(server.get("/feed?cursor=" + cursor)).endsWith("\r\n\r\nfresh 1");
    }

    @Test
    void aLongPollOfAnIdleClockIsAReaderLikeAnyOther() {
        feed.every(NEVER_AGAIN, () -> "fresh " + calls.incrementAndGet());
        assertThat(server.get("/feed?wait=30")).endsWith("\r\n\r\nfresh 1");
        server.awaitReaders(0);
    }

    @Test
    void whoPollsCountsAsAReaderForTwoPeriods() {
        feed.every(Duration.ofSeconds(2), calls::incrementAndGet);
        server.get("/feed");
        assertThat(calls).hasValue(1);
        await().until(() -> calls.get() == 2);
        awaitTicksElsewhere(3);
        assertThat(server.feed().readers()).isZero();
    }

    @Test
    void whoPollsNoMoreIsNoReaderAfterTwoPeriods() {
        feed.every(SHORT, calls::incrementAndGet);
        server.get("/feed");
        awaitTicksElsewhere(10);
        int stopped = calls.get();
        assertThat(stopped).isPositive();
        awaitTicksElsewhere(10);
        assertThat(calls).hasValue(stopped);
    }

    @Test
    void whoWasAnsweredALongPollCountsAsAReaderForTwoPeriods() {
        feed.every(Duration.ofSeconds(2), calls::incrementAndGet);
        assertThat(server.get("/feed?wait=30")).endsWith("\r\n\r\n1");
        await().until(() -> calls.get() == 2);
    }

    @Test
    void aSupplierThatThrowsIsCountedAndAskedAgain() {
        feed.every(SHORT, () -> {
            if (calls.incrementAndGet() <= 2) {
                throw new IllegalStateException("this test's source fails twice");
            }
            return "well";
        });
        try (FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            assertThat(stream.chunk()).endsWith("-1\ndata: well\n\n");
            assertThat(server.stats().sourceFailures()).isEqualTo(2);
        }
    }

    @Test
    void aPollOfAClockThatFailsIsAnswered() {
        feed.every(NEVER_AGAIN, () -> {
            throw new IllegalStateException("this test's source fails");
        });
        assertThat(server.get("/feed")).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void nullIsNoMessageThisTime() {
        feed.every(SHORT, () -> calls.incrementAndGet() % 3 == 0 ? "call " + calls : null);
        try (FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            assertThat(stream.chunk()).endsWith("-1\ndata: call 3\n\n");
            assertThat(stream.chunk()).endsWith("-2\ndata: call 6\n\n");
        }
        assertThat(server.stats().sourceFailures()).isZero();
    }

    @Test
    void aSourceNamesItsEventsByMessages() {
        feed.every(SHORT, () -> Message.of("tick", Payload.text("call " + calls.incrementAndGet())));
        try (FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            assertThat(stream.chunk()).endsWith("-1\nevent: tick\ndata: call 1\n\n");
        }
    }

    @Test
    void aSlowSupplierIsNotAskedAgainBeforeItHasAnsweredAndHoldsNobodyUp() {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        feed.every(SHORT, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            awaitQuietly(goOn);
            inside.decrementAndGet();
            return "call " + calls.incrementAndGet();
        });
        try (FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            awaitTicksElsewhere(5);
            assertThat(inside).hasValue(1);
            feed.publish("from elsewhere");
            assertThat(stream.chunk()).endsWith("data: from elsewhere\n\n");
            goOn.countDown();
            assertThat(stream.chunk()).endsWith("data: call 1\n\n");
            assertThat(stream.chunk()).endsWith("data: call 2\n\n");
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void aPollDoesNotWaitForASourceThatWasReplaced() {
        CountDownLatch never = new CountDownLatch(1);
        feed.every(NEVER_AGAIN, () -> {
            calls.incrementAndGet();
            awaitQuietly(never);
            return "old";
        });
        try (RawClient poll = server.send("/feed")) {
            await().until(() -> calls.get() == 1);
            feed.every(NEVER_AGAIN, () -> "new");
            assertThat(poll.answer()).matches("(?s)HTTP/1.1 (200 OK.*new|204 .*)");
        }
        never.countDown();
    }

    @Test
    void anotherSupplierTakesThePlaceOfTheFirst() {
        feed.every(SHORT, () -> "old");
        try (FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            assertThat(stream.chunk()).endsWith("data: old\n\n");
            feed.every(SHORT, () -> "new");
            String chunk = stream.chunk();
            while (chunk.endsWith("data: old\n\n")) {
                chunk = stream.chunk();
            }
            for (int i = 0; i < 5; i++) {
                assertThat(chunk).endsWith("data: new\n\n");
                chunk = stream.chunk();
            }
        }
    }

    @Test
    void aPeriodIsAtLeastAMillisecond() {
        assertThatThrownBy(() -> feed.every(Duration.ofNanos(999_999), () -> "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> feed.every(Duration.ZERO, () -> "x")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Lets time pass, as another feed's clock with a reader of its own measures it. */
    private void awaitTicksElsewhere(int ticks) {
        AtomicInteger passed = new AtomicInteger();
        String path = "/elsewhere" + server.stats().feeds();
        Feed elsewhere = server.posthorn().feed(path);
        elsewhere.every(SHORT, passed::incrementAndGet);
        try (FeedStream stream = server.eventSource(path)) {
            await().until(() -> passed.get() >= ticks);
            assertThat(stream.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    /** The next message. The n-th is made by the n-th call: no reader has made the supplier give one of its own. */
    private static String messageAfter(FeedStream stream, String id) {
        String chunk = stream.chunk();
        while (!chunk.contains("event: tick\n")) {
            chunk = stream.chunk();
        }
        String next = chunk.substring("id: ".length(), chunk.indexOf('\n'));
        assertThat(chunk).endsWith("data: " + number(next) + "\n\n");
        assertThat(id.isEmpty() || number(next) == number(id) + 1).isTrue();
        return next;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
