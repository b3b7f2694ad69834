package io.posthorn.transport;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One order for all loops, whoever publishes, and for who comes in the middle of it. */
@Timeout(120)
class SequencerOrderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int EACH = 5000;

    private final EventLoops loops = new EventLoops(IoKind.NIO, 4);
    private final Sequencer sequencer = new Sequencer(1000, 10_000_000);

    /** What one loop has got; its own while messages come, and to be read when all have come. */
    private static final class Heard implements Sequencer.Subscriber {
        private final Loop loop;
        private final List<Long> numbers = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private final AtomicLong last = new AtomicLong();

        Heard(Loop loop) {
            this.loop = loop;
        }

        @Override
        public void onMessage(Message message) {
            assert loop.inLoop();
            messages.add(message);
            numbers.add(number(message));
            last.set(number(message));
        }
    }

    @AfterEach
    void endTheLoops() {
        loops.close();
    }

    @Test
    void allLoopsSeeTheSameOrderWhoeverPublishes() throws Exception {
        List<Heard> heard = new ArrayList<>();
        for (Loop loop : loops.all()) {
            Heard one = new Heard(loop);
            heard.add(one);
            sequencer.subscribe(loop, one);
        }
        publishFromFourThreadsAnd(i -> {
            Loop loop = loops.all().get(i % 4); // and on each loop, in the middle of what it does
            loop.mailbox().execute(() -> publish("loop"));
        });
        int all = 5 * EACH;

        await().atMost(PATIENCE).until(() -> heard.stream().allMatch(one -> one.last.get() == all));
        List<Long> expected = LongStream.rangeClosed(1, all).boxed().toList();
        for (Heard one : heard) {
            assertThat(one.numbers).isEqualTo(expected);
            assertThat(one.messages).isEqualTo(heard.get(0).messages);
        }
    }

    @Test
    void whatOneThreadPublishesKeepsItsOrder() throws Exception {
        Heard heard = new Heard(loops.all().get(0));
        sequencer.subscribe(heard.loop, heard);
        publishFromFourThreadsAnd(i -> {});
        await().atMost(PATIENCE).until(() -> heard.last.get() == 4 * EACH);

        for (int thread = 0; thread < 4; thread++) {
            String prefix = thread + ":";
            List<String> own = heard.messages.stream()
                    .map(message -> message.payload().orElseThrow().text())
                    .filter(text -> text.startsWith(prefix))
                    .toList();
            List<String> said =
                    LongStream.range(0, EACH).mapToObj(i -> prefix + i).toList();
            assertThat(own).isEqualTo(said);
        }
    }

    @Test
    void whoSubscribesAndThenTakesTheLogMissesNothingAndGetsNothingTwice() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Newcomer> newcomers = new ArrayList<>();
        CountDownLatch published = new CountDownLatch(1);
        Thread comers = new Thread(() -> {
            try {
                for (int i = 0; i < 20 || (!over.get() && i < 2000); i++) {
                    Newcomer newcomer = new Newcomer(loops.all().get(i % 4), sequencer);
                    newcomers.add(newcomer);
                    newcomer.come();
                }
            } catch (Throwable thrown) {
                failure.set(thrown);
            } finally {
                published.countDown();
            }
        });
        comers.start();
        publishFromFourThreadsAnd(i -> {});
        over.set(true);
        published.await();
        assertThat(failure.get()).isNull();

        long all = sequencer.position().number();
        await().atMost(PATIENCE).until(() -> newcomers.stream().allMatch(newcomer -> newcomer.last.get() == all));
        for (Newcomer newcomer : newcomers) {
            long first = newcomer.numbers.isEmpty() ? all + 1 : newcomer.numbers.get(0);
            assertThat(newcomer.numbers)
                    .isEqualTo(LongStream.rangeClosed(first, all).boxed().toList());
            assertThat(first).isEqualTo(newcomer.begun + 1);
        }
    }

    @Test
    void whoHasUnsubscribedGetsNothingThatIsPublishedThen() {
        Loop loop = loops.all().get(0);
        Heard stays = new Heard(loop);
        Heard leaves = new Heard(loop);
        sequencer.subscribe(loop, stays);
        sequencer.subscribe(loop, leaves);
        publish("both");
        sequencer.unsubscribe(leaves);
        publish("one");

        await().atMost(PATIENCE).until(() -> stays.last.get() == 2);
        assertThat(leaves.numbers).containsExactly(1L);
    }

    /** Comes in the middle: subscribes its loop, takes the log, and ignores what it had from there. */
    private static final class Newcomer implements Sequencer.Subscriber {
        private final Loop loop;
        private final Sequencer sequencer;
        private final List<Long> numbers = new ArrayList<>();
        private final AtomicLong last = new AtomicLong();
        private long begun;

        Newcomer(Loop loop, Sequencer sequencer) {
            this.loop = loop;
            this.sequencer = sequencer;
        }

        /** From ten messages ago on, as a reader that returns. */
        void come() throws InterruptedException {
            CountDownLatch come = new CountDownLatch(1);
            loop.mailbox().execute(() -> {
                Cursor now = sequencer.position();
                sequencer.subscribe(loop, this);
                begun = Math.max(0, now.number() - 10);
                Sequencer.Slice slice = sequencer.after(now.at(begun), Integer.MAX_VALUE);
                begun = slice.gap() == null ? begun : slice.gap().before().number() - 1;
                slice.messages().forEach(this::take);
                come.countDown();
            });
            come.await();
        }

        @Override
        public void onMessage(Message message) {
            if (number(message) > last.get()) {
                take(message);
            }
        }

        private void take(Message message) {
            numbers.add(number(message));
            last.set(number(message));
        }
    }

    private void publishFromFourThreadsAnd(IntConsumer meanwhile) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String prefix = t + ":";
            Thread thread = new Thread(() -> {
                for (int i = 0; i < EACH; i++) {
                    publish(prefix + i);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (int i = 0; i < EACH; i++) {
            meanwhile.accept(i);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void publish(String text) {
        sequencer.publish(Message.of(null, Payload.text(text)));
    }

    private static long number(Message message) {
        return message.cursor().orElseThrow().number();
    }
}
