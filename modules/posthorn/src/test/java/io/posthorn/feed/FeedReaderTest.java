package io.posthorn.feed;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import io.posthorn.transport.CloseReason;
import io.posthorn.transport.Message;
import io.posthorn.transport.Overflow;
import io.posthorn.transport.Payload;
import io.posthorn.transport.Transport;
import io.posthorn.transport.TransportType;
import io.posthorn.websocket.WebSockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A reader on its loop, whose transport is the test's. */
@Timeout(60)
class FeedReaderTest {
    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final Loop loop = loops.all().get(0);
    private final UserThreads threads = new UserThreads();
    private final Feeds feeds = new Feeds(loops, threads, new WebSockets(loops, threads));
    private final List<CloseReason> closes = new ArrayList<>();

    /** Takes nothing any more once it is stuck, takes its time to close, and does something with each flush. */
    private final class TestTransport implements Transport {
        private final List<String> written = new ArrayList<>();
        private Runnable onFlush = () -> {};
        private boolean stuck;

        @Override
        public TransportType type() {
            return TransportType.WEB_SOCKET;
        }

        @Override
        public boolean isWritable() {
            return !stuck;
        }

        @Override
        public void write(Message message) {
            assert !stuck : "not writable";
            message.payload().ifPresent(payload -> written.add(payload.text()));
        }

        @Override
        public void flush() {
            onFlush.run();
        }

        @Override
        public void close(CloseReason reason) {
            closes.add(reason);
        }
    }

    /** Takes so many messages between two flushes; as a poll it is spent by the first. */
    private static final class BatchTransport implements Transport {
        private final TransportType type;
        private final int batch;
        private final Listener listener;
        private int unflushed;
        private int sent;

        BatchTransport(TransportType type, int batch, Listener listener) {
            this.type = type;
            this.batch = batch;
            this.listener = listener;
        }

        @Override
        public TransportType type() {
            return type;
        }

        @Override
        public boolean isWritable() {
            return unflushed < batch;
        }

        @Override
        public void write(Message message) {
            assert isWritable() : "not writable";
            unflushed++;
        }

        @Override
        public void flush() {
            sent += unflushed;
            if (type == TransportType.LONG_POLLING) {
                listener.onClosed(CloseReason.ANSWERED);
            } else {
                unflushed = 0;
            }
        }

        @Override
        public void close(CloseReason reason) {}
    }

    @AfterEach
    void endTheLoops() {
        threads.close();
        loops.close();
    }

    @Test
    void forAReaderThatIsBeingDisconnectedNothingWaitsAnyMore() throws Exception {
        FeedLimits limits = FeedLimits.defaults().withQueue(1000).withBuffer(1, 1);
        LiveFeed feed = new LiveFeed(
                "/feed", feeds, FeedOptions.defaults().withLimits(limits).withOverflow(Overflow.DISCONNECT));
        FeedReader reader = new FeedReader(feed, loop, new FeedReader.Options(false, false, false));
        TestTransport transport = new TestTransport();
        onTheLoop(() -> {
            reader.begin(transport);
            transport.stuck = true;
        });
        List<WeakReference<Payload>> published = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Payload payload = Payload.binary(new byte[100]);
            published.add(new WeakReference<>(payload));
            feed.sequencer().publish(Message.of(null, payload));
        }

        await().untilAsserted(() -> onTheLoop(() -> assertThat(closes).containsExactly(CloseReason.TOO_SLOW)));
        await().untilAsserted(() -> {
            System.gc();
            // The newest is in the log.
            assertThat(published.subList(0, 19))
                    .allSatisfy(payload -> assertThat(payload.get()).isNull());
        });
        assertThat(reader.position().epoch()).isNotEmpty(); // it is still there
    }

    @Test
    void whatIsPublishedAfterTheLogWasReadAndBeforeTheReaderIsListedIsNotMissed() throws Exception {
        LiveFeed feed = new LiveFeed("/feed", feeds, FeedOptions.defaults());
        FeedReader reader = new FeedReader(feed, loop, new FeedReader.Options(true, true, true));
        TestTransport transport = new TestTransport();
        transport.onFlush = () -> {
            transport.onFlush = () -> {};
            assertThat(feed.audience(loop).size()).isZero();
            feed.sequencer().publish(Message.of(null, Payload.text("between")));
        };
        onTheLoop(() -> reader.begin(transport));
        feed.sequencer().publish(Message.of(null, Payload.text("behind")));

        await().untilAsserted(
                        () -> onTheLoop(() -> assertThat(transport.written).containsExactly("between", "behind")));
    }

    @Test
    void aBurstThatIsLargerThanTheQueueReachesAReaderThatTakesAllItIsSent() throws Exception {
        LiveFeed feed = new LiveFeed("/feed", feeds, withQueue(1000));
        FeedReader reader = new FeedReader(feed, loop, new FeedReader.Options(false, false, false));
        BatchTransport transport = new BatchTransport(TransportType.EVENT_SOURCE, 5, reader);
        onTheLoop(() -> reader.begin(transport));
        publishInOneTurn(feed, 100);

        await().untilAsserted(() -> onTheLoop(() -> assertThat(transport.sent).isEqualTo(100)));
        assertThat(feeds.stats().dropped()).isZero();
        assertThat(feeds.stats().untoldGaps()).isZero();
    }

    @Test
    void whatComesBehindTheOneMessageThatAPollTakesIsNotDropped() throws Exception {
        LiveFeed feed = new LiveFeed("/feed", feeds, withQueue(1000));
        FeedReader reader = new FeedReader(feed, loop, new FeedReader.Options(false, true, true));
        BatchTransport transport = new BatchTransport(TransportType.LONG_POLLING, 1, reader);
        onTheLoop(() -> reader.begin(transport));
        publishInOneTurn(feed, 100);

        await().until(() -> feeds.stats().readers(TransportType.LONG_POLLING) == 0);
        onTheLoop(() -> assertThat(transport.sent).isEqualTo(1));
        assertThat(feeds.stats().dropped()).isZero();
    }

    @Test
    void whoComesWhileTheServerClosesIsToldThat() throws Exception {
        assertThat(closeOfLateReader()).isEqualTo(CloseReason.GONE);

        feeds.close(Duration.ofSeconds(20));

        assertThat(closeOfLateReader()).isEqualTo(CloseReason.SERVER_CLOSING);
    }

    /** What a reader is told that is there too late to be found by whoever ended its feed. */
    private CloseReason closeOfLateReader() throws Exception {
        LiveFeed feed = new LiveFeed("/feed", feeds, FeedOptions.defaults());
        feed.close(CloseReason.GONE);
        FeedReader reader = new FeedReader(feed, loop, new FeedReader.Options(true, true, true));
        onTheLoop(() -> {
            closes.clear();
            reader.begin(new TestTransport());
        });
        await().untilAsserted(() -> onTheLoop(() -> assertThat(closes).hasSize(1)));
        return closes.get(0);
    }

    private static FeedOptions withQueue(int bytes) {
        return FeedOptions.defaults().withLimits(FeedLimits.defaults().withQueue(bytes));
    }

    private void publishInOneTurn(LiveFeed feed, int messages) throws Exception {
        onTheLoop(() -> {
            for (int i = 0; i < messages; i++) {
                feed.sequencer().publish(Message.of(null, Payload.binary(new byte[100])));
            }
        });
    }

    private void onTheLoop(Runnable action) throws Exception {
        loop.eventLoop().submit(action).get(20, TimeUnit.SECONDS);
    }
}
