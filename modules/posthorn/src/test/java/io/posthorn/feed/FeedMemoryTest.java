package io.posthorn.feed;

import io.netty.buffer.PooledByteBufAllocator;
import io.posthorn.loop.Outbound;
import io.posthorn.transport.ClientConnection;
import io.posthorn.transport.Overflow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A thousand readers that never read, and two that do: the first cost what the limits say, and the two notice nothing. */
@Timeout(240)
class FeedMemoryTest {
    private static final int READERS = 1000;
    private static final int MESSAGE = 4000;
    private static final int QUEUE = 32 * 1024;
    /** So few messages of those who read are under way that they never wait in a queue. */
    private static final int MOST_UNREAD = 8;
    /** What is gathered between two flushes. */
    private static final int MOST_UNFLUSHED = 64 * 1024;

    private static final long MIB = 1024 * 1024;

    private final List<ClientConnection> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong readByStream = new AtomicLong();
    private final AtomicLong readByWebSocket = new AtomicLong();
    private long published;

    @AfterEach
    void hangUp() throws IOException {
        threads.shutdownNow();
        for (ClientConnection connection : connections) {
            connection.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void readersThatNeverReadCostWhatTheLimitsSayAndSlowNobody(Overflow policy) throws Exception {
        FeedLimits limits = FeedLimits.defaults().withQueue(QUEUE).withBuffer(10, 10 * MIB);
        FeedOptions options = FeedOptions.defaults().withLimits(limits).withOverflow(policy);
        try (FeedHost host = new FeedHost(options, null)) {
            Feed feed = host.feed();
            for (int i = 0; i < READERS; i++) {
                connections.add(open(host, i % 2 == 0, 2048));
            }
            List<Future<?>> healthy = List.of(
                    threads.submit(() -> read(open(host, true, 0), true, readByStream)),
                    threads.submit(() -> read(open(host, false, 0), false, readByWebSocket)));
            await().atMost(Duration.ofSeconds(30)).until(() -> feed.readers() == READERS + 2);
            long heapBefore = heap();
            long directBefore = direct();

            publishUntil(feed, () -> isOver(host, policy));

            long direct = direct() - directBefore - 16 * MIB; // chunks of the pool that are not full
            assertThat(direct / READERS)
                    .as("direct bytes for each reader")
                    .isLessThan(Outbound.HIGH_WATERMARK + MOST_UNFLUSHED + MESSAGE);
            assertThat((heap() - heapBefore + direct) / READERS)
                    .as("bytes for each reader")
                    .isLessThan(QUEUE + Outbound.HIGH_WATERMARK + MOST_UNFLUSHED + MESSAGE);
            await().until(() -> readByStream.get() == published && readByWebSocket.get() == published);
            assertThat(healthy).noneMatch(Future::isDone);
            check(host.stats(), feed, policy);
        }
    }

    /** Each reader has lost a hundred messages, on the average, or its connection. */
    private static boolean isOver(FeedHost host, Overflow policy) {
        return policy == Overflow.DISCONNECT
                ? host.stats().slowReaders() == READERS
                : host.stats().dropped() >= 100L * READERS;
    }

    private static void check(FeedStats stats, Feed feed, Overflow policy) {
        if (policy == Overflow.DISCONNECT) {
            assertThat(stats.dropped()).isZero();
            assertThat(feed.readers()).isEqualTo(2);
        } else {
            assertThat(stats.slowReaders()).isZero();
            assertThat(feed.readers()).isEqualTo(READERS + 2);
        }
        assertThat(stats.gaps()).isZero(); // nobody of whom something was dropped has taken anything since
    }

    private void publishUntil(Feed feed, BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            if (published - Math.min(readByStream.get(), readByWebSocket.get()) < MOST_UNREAD) {
                published++;
                feed.publish(String.format("%010d", published) + "x".repeat(MESSAGE - 10));
            } else {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    private static ClientConnection open(FeedHost host, boolean isStream, int receiveBuffer) throws IOException {
        ClientConnection connection = new ClientConnection(host.port(), receiveBuffer);
        return isStream
                ? connection.get(FeedHost.PATH, "Accept: text/event-stream")
                : connection.upgrade(FeedHost.PATH);
    }

    /** Reads every message, and ends where one is missing. */
    private @Nullable Void read(ClientConnection connection, boolean isStream, AtomicLong read) throws IOException {
        synchronized (connections) {
            connections.add(connection);
        }
        connection.head();
        for (String text = next(connection, isStream); text != null; text = next(connection, isStream)) {
            if (!text.startsWith(String.format("%010d", read.get() + 1))) {
                throw new AssertionError("behind " + read + " came " + text.substring(0, 10));
            }
            read.incrementAndGet();
        }
        return null;
    }

    private static @Nullable String next(ClientConnection connection, boolean isStream) throws IOException {
        if (!isStream) {
            ClientConnection.Frame frame = connection.nextFrame();
            return frame == null ? null : frame.text();
        }
        String line = connection.nextLine();
        while (line != null && !line.startsWith("data: ")) {
            line = connection.nextLine();
        }
        return line == null ? null : line.substring("data: ".length());
    }

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
