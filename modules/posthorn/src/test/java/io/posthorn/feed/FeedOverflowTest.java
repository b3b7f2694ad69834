package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens to a reader that does not take what it is sent. */
@Timeout(60)
class FeedOverflowTest {
    private static final int QUEUE = 512 * 1024;
    /** What the sockets of both sides hold is far less than so many. */
    private static final int ENOUGH = 2000;

    private static final int MORE_THAN_SOCKETS_HOLD = 500;

    private static final int BUFFER = 10;
    private static final String LARGE = "x".repeat(64 * 1024 - 8);
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: posthorn.feed";

    /** What a reader was told: the number of a message, or of the gap before it. */
    private record Told(long number, String gap) {}

    @Test
    void theOldestAreDroppedAndToldAsAGap() {
        try (FeedServer server = server(Overflow.DROP_OLDEST);
                FeedSocket slow = server.webSocket("/feed", SUBPROTOCOL)) {
            slow.text();
            long published = publishUntilDropped(server);
            long dropped = server.stats().dropped();
            List<Told> told = read(slow, published);
            assertMissing(told, dropped);
            assertThat(told.get(told.size() - 1).number()).isEqualTo(published);
            assertThat(server.stats().gaps()).isEqualTo(1);
            assertThat(server.stats().slowReaders()).isZero();
            // Once it keeps up again it misses nothing.
            Cursor next = server.feed().publish("next");
            assertThat(slow.text()).isEqualTo("{\"id\":\"" + next + "\",\"data\":\"next\"}");
        }
    }

    @Test
    void allButTheLatestAreDroppedWhereOnlyThatCounts() {
        try (FeedServer server = server(Overflow.LATEST_ONLY);
                FeedSocket slow = server.webSocket("/feed", SUBPROTOCOL)) {
            slow.text();
            long published = publishUntilDropped(server);
            long dropped = server.stats().dropped();
            assertThat(dropped).isGreaterThan(QUEUE / (LARGE.length() + 64) / 2);
            List<Told> told = read(slow, published);
            assertMissing(told, dropped);
            Told last = told.get(told.size() - 1);
            assertThat(last.number()).isEqualTo(published);
            assertThat(last.gap()).contains("\"before\":");
        }
    }

    @Test
    void aReaderMayBeDisconnectedAndComeBackWithItsCursor() {
        try (FeedServer server = server(Overflow.DISCONNECT);
                FeedStream slow = server.eventSource("/feed")) {
            slow.chunk();
            slow.chunk();
            publishUntil(server, () -> server.stats().slowReaders() == 1);
            server.awaitReaders(0);
            assertThat(server.stats().dropped()).isZero();
            assertThat(slow.rest()).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void aWebSocketThatIsDisconnectedIsCountedToo() {
        try (FeedServer server = server(Overflow.DISCONNECT);
                FeedSocket slow = server.webSocket("/feed")) {
            server.awaitReaders(1);
            publish(server, MORE_THAN_SOCKETS_HOLD);
            assertThat(slow.closeCodeAtLast()).isEqualTo(1008);
            slow.leave();
            server.awaitReaders(0);
            assertThat(server.stats().slowReaders()).isEqualTo(1);
        }
    }

    @Test
    void nothingWaitsForAReaderThatIsBeingDisconnected() {
        try (FeedServer server = server(Overflow.DISCONNECT);
                FeedSocket slow = server.webSocket("/feed")) {
            server.awaitReaders(1);
            publish(server, MORE_THAN_SOCKETS_HOLD);
            WeakReference<byte[]> lost = publishBytes(server.feed());
            publish(server, BUFFER);
            await().until(() -> {
                System.gc();
                return lost.refersTo(null);
            });
            // Its closing handshake, for which it has some seconds, goes on.
            assertThat(server.feed().readers()).isEqualTo(1);
            assertThat(slow.head()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void aStreamWhoseConnectionStandsStillForSomeKeepAlivesIsGivenUp() {
        FeedLimits limits = FeedLimits.defaults().withBuffer(BUFFER, 1L << 30);
        FeedLimits hasty = limits.withTimes(limits.maxWait(), Duration.ofMillis(50), limits.retry());
        for (String transport : List.of("eventsource", "iframe")) {
            try (FeedServer server = FeedServer.of(hasty.withStreamBytes(1L << 30));
                    FeedStream still = server.stream("/feed?transport=" + transport)) {
                server.awaitReaders(1);
                for (int i = 0; i < MORE_THAN_SOCKETS_HOLD; i++) {
                    publish(server, 1); // one after the other, so that none is dropped that the sockets would hold
                }
                server.awaitReaders(0);
                assertThat(server.stats().slowReaders()).isEqualTo(1);
                assertThat(still.rest()).doesNotEndWith("0\r\n\r\n");
            }
        }
    }

    @Test
    void aSlowReaderDoesNotSlowTheOthers() {
        try (FeedServer server = server(Overflow.DROP_OLDEST);
                FeedStream slow = server.eventSource("/feed");
                FeedSocket fast = server.webSocket("/feed", SUBPROTOCOL)) {
            fast.text();
            long published = 0;
            while (server.stats().dropped() == 0 && published < ENOUGH) {
                Cursor cursor = server.feed().publish(LARGE);
                assertThat(fast.text()).startsWith("{\"id\":\"" + cursor + "\"").doesNotContain("\"gap\"");
                published++;
            }
            assertThat(server.stats().dropped()).isPositive();
            assertThat(slow.head()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void anEventSourceIsToldOfWhatWasDropped() {
        try (FeedServer server = server(Overflow.DROP_OLDEST);
                FeedStream slow = server.eventSource("/feed")) {
            slow.chunk();
            slow.chunk();
            long published = publishUntilDropped(server);
            long dropped = server.stats().dropped();
            List<Told> told = new ArrayList<>();
            while (told.isEmpty() || told.get(told.size() - 1).number() < published) {
                String event = slow.chunk();
                int start = event.indexOf("id: ");
                told.add(new Told(
                        number(event.substring(start + 4, event.indexOf('\n', start))), event.substring(0, start)));
            }
            assertMissing(told, dropped);
        }
    }

    @Test
    void aFrameIsToldInTheNextInfoAndAPlainWebSocketNotAtAll() {
        try (FeedServer server = server(Overflow.LATEST_ONLY);
                FeedStream frame = server.stream("/feed?transport=iframe");
                FeedSocket plain = server.webSocket("/feed")) {
            frame.chunk();
            server.awaitReaders(2);
            long published = publishUntil(server, () -> server.stats().dropped() > 20);
            List<Told> told = new ArrayList<>();
            while (told.isEmpty() || told.get(told.size() - 1).number() < published) {
                String script = frame.chunk();
                String info = script.substring(script.indexOf(",{\"id\":\"") + 8);
                told.add(new Told(number(info.substring(0, info.indexOf('"'))), info.contains("\"gap\"") ? info : ""));
            }
            assertThat(told.stream().filter(one -> !one.gap().isEmpty())).isNotEmpty();
            assertThat(server.stats().gaps()).isPositive();
            Cursor end = server.feed().publish("end");
            String text = plain.text();
            while (!text.equals("end")) {
                text = plain.text();
            }
            assertThat(end.number()).isEqualTo(published + 1);
            assertThat(server.stats().untoldGaps()).isPositive();
        }
    }

    @Test
    void aReplayOwnsNothingThatWaitsAndMissesNothing() {
        FeedLimits limits = FeedLimits.defaults().withBuffer(400, 1L << 30).withQueue(64 * 1024);
        try (FeedServer server = FeedServer.of(limits)) {
            Cursor first = server.feed().publish("first");
            for (int i = 0; i < 300; i++) {
                server.feed().publish(LARGE);
            }
            try (FeedSocket slow = server.webSocket("/feed?envelope=json&cursor=" + first)) {
                List<Told> told = read(slow, 301);
                assertThat(told).hasSize(300).allMatch(one -> one.gap().isEmpty());
                assertThat(server.stats().dropped()).isZero();
            }
        }
    }

    @Test
    void aPollIsNeverTooSlow() {
        FeedLimits limits = FeedLimits.defaults().withQueue(1);
        try (FeedServer server =
                        new FeedServer(FeedOptions.defaults().withLimits(limits).withOverflow(Overflow.DISCONNECT));
                RawClient poll = server.send("/feed?wait=30&envelope=json")) {
            server.awaitReaders(1);
            server.feed().publish(LARGE);
            server.feed().publish(LARGE);
            assertThat(poll.answer()).startsWith("HTTP/1.1 200 OK\r\n");
            server.awaitReaders(0);
            assertThat(server.stats().slowReaders()).isZero();
        }
    }

    private static FeedServer server(Overflow policy) {
        FeedLimits limits = FeedLimits.defaults()
                .withQueue(QUEUE)
                .withBuffer(BUFFER, 1L << 30)
                .withStreamBytes(1L << 30);
        return new FeedServer(FeedOptions.defaults().withLimits(limits).withOverflow(policy));
    }

    private static WeakReference<byte[]> publishBytes(Feed feed) {
        byte[] bytes = new byte[1000];
        feed.publish(bytes);
        return new WeakReference<>(bytes);
    }

    private static void publish(FeedServer server, int messages) {
        for (int i = 0; i < messages; i++) {
            server.feed().publish(LARGE);
        }
        server.get("/nothing");
    }

    private static long publishUntilDropped(FeedServer server) {
        return publishUntil(server, () -> server.stats().dropped() > 0);
    }

    /** How many messages were published; what they led to is over. */
    private static long publishUntil(FeedServer server, BooleanSupplier condition) {
        long published = 0;
        while (!condition.getAsBoolean() && published < ENOUGH) {
            published = server.feed().publish(LARGE).number();
            server.get("/nothing");
        }
        assertThat(condition.getAsBoolean()).isTrue();
        return published;
    }

    private static List<Told> read(FeedSocket socket, long last) {
        List<Told> told = new ArrayList<>();
        while (told.isEmpty() || told.get(told.size() - 1).number() < last) {
            String envelope = socket.text();
            int gap = envelope.indexOf(",\"gap\":");
            told.add(new Told(
                    number(envelope.substring(7, envelope.indexOf('"', 7))), gap < 0 ? "" : envelope.substring(gap)));
        }
        return told;
    }

    /** All numbers come in order, so many are missing, and each gap stands exactly where they are. */
    private static void assertMissing(List<Told> told, long dropped) {
        long before = 0;
        long missing = 0;
        for (Told one : told) {
            boolean isNext = one.number() == before + 1;
            assertThat(one.gap().isEmpty()).as("%s after %s", one, before).isEqualTo(isNext);
            if (!isNext) {
                assertThat(one.gap())
                        .contains("-" + before + "\",\"before\":\"")
                        .contains("-" + one.number() + "\"}");
            }
            missing += one.number() - before - 1;
            before = one.number();
        }
        assertThat(missing).isEqualTo(dropped);
    }

    private static long number(String cursor) {
        return Cursor.parse(cursor).orElseThrow().number();
    }
}
