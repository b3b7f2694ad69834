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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    private void onTheLoop(Runnable action) throws Exception {
        loop.eventLoop().submit(action).get(20, TimeUnit.SECONDS);
    }
}
