package io.posthorn.transport;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Exchanges the transport of an outbox thousands of times, while four threads publish: nothing is lost, doubled or
 * overtaken. The seed decides what transports come, when they have room, and when they go; the threads' pace is their own.
 */
@Timeout(120)
class OutboxExchangeTest {
    private static final int EXCHANGES = 5000;
    private static final int MOST_UNREAD = 5000;

    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final Loop loop = loops.all().get(0);
    private final Sequencer sequencer = new Sequencer(10, 1000);

    @AfterEach
    void endTheLoops() {
        loops.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 22, 333, 4444})
    void nothingIsLostDoubledOrOvertaken(long seed) throws Exception {
        assertThat(run(seed, EXCHANGES, Integer.MAX_VALUE).gaps)
                .as("gaps, seed %d", seed)
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 66, 777})
    void whereLittleMayWaitTheGapsThatAreToldAreExactlyWhatIsMissing(long seed) throws Exception {
        Traffic traffic = run(seed, EXCHANGES, 20 * 64);
        assertThat(traffic.gaps).as("gaps, seed %d", seed).isPositive();
        assertThat(traffic.missing).as("dropped, seed %d", seed).isEqualTo(traffic.dropped);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingIsLostDoubledOrOvertakenInAHundredThousandExchanges(long seed) throws Exception {
        assertThat(run(seed, 100_000, Integer.MAX_VALUE).gaps)
                .as("gaps, seed %d", seed)
                .isZero();
    }

    private Traffic run(long seed, int exchanges, int queueBytes) throws Exception {
        Traffic traffic = new Traffic(new Random(seed), exchanges, queueBytes);
        sequencer.subscribe(loop, traffic);
        loop.mailbox().post(traffic::step);
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread publisher = new Thread(() -> publishWhile(traffic));
            publishers.add(publisher);
            publisher.start();
        }
        traffic.exchanged.await();
        for (Thread publisher : publishers) {
            publisher.join();
        }
        long published = sequencer.position().number();
        loop.mailbox().post(traffic::finish);
        await().atMost(Duration.ofSeconds(30)).until(() -> traffic.position.get() == published);

        assertThat(traffic.broken).as("broken rules, seed %d", seed).isEmpty();
        assertThat(published).isGreaterThanOrEqualTo(exchanges);
        return traffic;
    }

    private void publishWhile(Traffic traffic) {
        while (!traffic.over.get()) {
            if (sequencer.position().number() - traffic.position.get() < MOST_UNREAD) {
                sequencer.publish(Message.of(null, Payload.text("")));
            } else {
                LockSupport.parkNanos(1000);
            }
        }
    }

    /** One outbox, the transports that it has one after the other, and the reader behind them. It lives on the loop. */
    private final class Traffic implements Sequencer.Subscriber, Outbox.Listener {
        private final Random random;
        private final int exchanges;
        private final Outbox outbox;
        private final Runnable endOfTurn;
        private final CountDownLatch exchanged = new CountDownLatch(1);
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong position = new AtomicLong();
        private final List<String> broken = new ArrayList<>();
        private RandomTransport transport;
        private boolean flushDue;
        private boolean offered;
        private boolean exchanging;
        private int done;
        private long gaps;
        private long missing;
        private long dropped;

        Traffic(Random random, int exchanges, int queueBytes) {
            this.random = random;
            this.exchanges = exchanges;
            this.transport = new RandomTransport(random);
            this.outbox = new Outbox(queueBytes, Overflow.DROP_OLDEST, this);
            this.endOfTurn = () -> {
                flushDue = false;
                outbox.flush();
            };
            outbox.position(sequencer.position());
        }

        @Override
        public void onMessage(Message message) {
            offered = true;
            outbox.offer(message);
            if (!flushDue) {
                flushDue = true;
                loop.mailbox().atEndOfTurn(endOfTurn);
            }
        }

        /** Something happens, and then something else behind whatever was published meanwhile. */
        void step() {
            if (done >= exchanges) {
                over.set(true);
                exchanged.countDown();
                return;
            }
            switch (random.nextInt(6)) {
                case 0, 1 -> exchange();
                case 2 -> transport.room = random.nextInt(20);
                case 3 -> outbox.detach();
                default -> {
                    transport.room += random.nextInt(50);
                    outbox.onWritable();
                }
            }
            loop.mailbox().post(this::step);
        }

        void exchange() {
            done += offered ? 1 : 0; // counted under load only
            offered = false;
            RandomTransport old = transport;
            RandomTransport next = new RandomTransport(random);
            exchanging = true;
            outbox.attach(next);
            exchanging = false;
            transport = next;
            old.close(CloseReason.READER_LEFT);
            if (random.nextBoolean()) {
                outbox.flush();
            }
        }

        void finish() {
            exchanging = true; // nothing comes after this one
            transport = new RandomTransport(random);
            transport.isPoll = false;
            transport.room = Integer.MAX_VALUE;
            outbox.attach(transport);
            outbox.flush();
        }

        void arrived(Message message) {
            long number = message.cursor().orElseThrow().number();
            long before = position.get() + 1;
            if (message.gap().isPresent()) {
                gaps++;
                missing += number - before;
                Gap expected = new Gap(
                        sequencer.position().at(before - 1),
                        sequencer.position().at(number));
                check(message.gap().get().equals(expected) && number > before, message + " tells " + message.gap());
            } else {
                check(number == before, message + " came after " + position);
            }
            position.set(number);
        }

        private void check(boolean isRight, String sentence) {
            if (!isRight && broken.size() < 10) {
                broken.add(sentence);
            }
        }

        @Override
        public void onDropped(int messages) {
            dropped += messages;
        }

        @Override
        public void onGap() {}

        @Override
        public void onOverflow() {
            check(false, "an overflow, though everything may be dropped");
        }

        /** A stream or a poll with room for some messages; a poll's answer may bring the next at once. */
        private final class RandomTransport implements Transport {
            private final List<Message> written = new ArrayList<>();
            private boolean isPoll;
            private int room;

            RandomTransport(Random random) {
                isPoll = random.nextInt(3) == 0;
                room = random.nextInt(30);
            }

            @Override
            public TransportType type() {
                return isPoll ? TransportType.LONG_POLLING : TransportType.WEB_SOCKET;
            }

            @Override
            public boolean isWritable() {
                return room > 0;
            }

            @Override
            public void write(Message message) {
                check(room > 0, "written to without being writable");
                room--;
                written.add(message);
            }

            @Override
            public void flush() {
                written.forEach(Traffic.this::arrived);
                written.clear();
                if (isPoll) {
                    room = 0;
                    if (!exchanging && random.nextBoolean()) {
                        exchange();
                    }
                }
            }

            @Override
            public void close(CloseReason reason) {
                check(written.isEmpty(), "closed before what was written was sent");
                room = 0;
            }
        }
    }
}
