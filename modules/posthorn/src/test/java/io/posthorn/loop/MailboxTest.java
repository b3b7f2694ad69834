package io.posthorn.loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MailboxTest {
    private final CountingLoop loop = new CountingLoop();
    private final Mailbox mailbox = new Mailbox(loop);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aBurstKeepsItsOrderAndCostsOneWakeUp() {
        List<String> expected =
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        CountDownLatch release = loop.hold();
        int before = loop.executed();

        expected.forEach(entry -> mailbox.execute(() -> seen.add(entry)));
        int wakeUps = loop.executed() - before;
        release.countDown();

        await().until(() -> seen.size() == 1000);
        assertThat(seen).isEqualTo(expected);
        assertThat(wakeUps).isEqualTo(1);
    }

    @Test
    void whatManyThreadsLeaveIsAllDoneInEachOnesOrder() throws InterruptedException {
        int threads = 8;
        int entries = 2000;
        int[] last = new int[threads];
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < threads; writer++) {
            int mine = writer;
            writers.add(new Thread(() -> {
                for (int i = 1; i <= entries; i++) {
                    int number = i;
                    mailbox.execute(() -> last[mine] = last[mine] == number - 1 ? number : Integer.MIN_VALUE);
                }
            }));
        }
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        CountDownLatch done = new CountDownLatch(1);
        mailbox.execute(done::countDown);
        CountingLoop.await(done);
        assertThat(last).containsOnly(entries);
    }

    @Test
    void onTheLoopAnEntryRunsBeforeExecuteReturnsWhileNothingWaits() {
        loop.run(() -> {
            mailbox.execute(() -> seen.add("entry"));
            seen.add("after");
        });

        assertThat(seen).containsExactly("entry", "after");
    }

    @Test
    void onTheLoopAnEntryQueuesBehindWhatWaits() {
        CountDownLatch release = loop.hold();
        loop.execute(() -> {
            assertThat(mailbox.isInline()).isFalse();
            mailbox.execute(() -> seen.add("from the loop"));
            seen.add("after");
        });
        mailbox.execute(() -> seen.add("from outside"));
        release.countDown();

        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("after", "from outside", "from the loop");
    }

    @Test
    void onTheLoopWhatIsPostedNeverRunsBeforePostReturns() {
        loop.run(() -> {
            mailbox.post(() -> seen.add("posted"));
            seen.add("after");
        });

        await().until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("after", "posted");
    }

    @Test
    void onTheLoopWhatIsPostedAndThenExecutedKeepsItsOrder() {
        loop.run(() -> {
            int before = loop.executed();
            mailbox.execute(() -> seen.add("inline"));
            mailbox.post(() -> seen.add("posted"));
            mailbox.execute(() -> seen.add("executed"));
            mailbox.post(() -> seen.add("posted again"));
            seen.add("after");
            assertThat(loop.executed() - before).isEqualTo(1);
        });

        await().until(() -> seen.size() == 5);
        assertThat(seen).containsExactly("inline", "after", "posted", "executed", "posted again");
    }

    @Test
    void whatAnEntryPostsComesBehindTheRestOfTheBurst() {
        CountDownLatch release = loop.hold();
        mailbox.execute(() -> {
            mailbox.post(() -> seen.add("left by the first"));
            mailbox.execute(() -> seen.add("and executed"));
        });
        mailbox.post(() -> seen.add("second"));
        release.countDown();

        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("second", "left by the first", "and executed");
    }

    @Test
    void whatAnEntryLeavesComesBehindTheRestOfTheBurst() {
        CountDownLatch release = loop.hold();
        mailbox.execute(() -> mailbox.execute(() -> seen.add("left by the first")));
        mailbox.execute(() -> seen.add("second"));
        release.countDown();

        await().until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("second", "left by the first");
    }

    @Test
    void whatIsLeftForTheEndOfTheTurnFollowsTheWholeBurst() {
        CountDownLatch release = loop.hold();
        mailbox.execute(() -> mailbox.atEndOfTurn(() -> seen.add("flush")));
        mailbox.execute(() -> seen.add("one"));
        mailbox.execute(() -> seen.add("two"));
        release.countDown();

        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("one", "two", "flush");
    }

    @Test
    void outsideABurstTheEndOfTheTurnCostsOneWakeUpHoweverMuchIsLeftForIt() {
        loop.run(() -> {
            int before = loop.executed();
            mailbox.atEndOfTurn(() -> seen.add("one"));
            mailbox.atEndOfTurn(() -> seen.add("two"));
            assertThat(loop.executed() - before).isEqualTo(1);
            seen.add("turn");
        });

        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("turn", "one", "two");
    }

    @Test
    void theEndOfTheTurnIsReachedOnceEvenWhereItIsAskedForAgain() {
        loop.run(() -> mailbox.atEndOfTurn(() -> {
            seen.add("one");
            mailbox.atEndOfTurn(() -> seen.add("two"));
        }));

        await().until(() -> seen.size() == 2);
        loop.run(() -> {});
        assertThat(seen).containsExactly("one", "two");
    }

    @Test
    void anEntryThatFailsLeavesTheOthersAlone() {
        CountDownLatch release = loop.hold();
        mailbox.execute(() -> {
            throw new IllegalStateException("meant to fail");
        });
        mailbox.execute(() -> seen.add("next"));
        release.countDown();

        await().until(() -> seen.size() == 1);
    }

    @Test
    void anErrorOfAnEntryLeavesTheOthersAlone() {
        CountDownLatch release = loop.hold();
        mailbox.execute(() -> {
            throw new StackOverflowError("meant to fail");
        });
        mailbox.execute(() -> seen.add("next"));
        release.countDown();

        await().until(() -> seen.size() == 1);
        loop.run(() -> mailbox.execute(() -> seen.add("inline again")));
        assertThat(seen).containsExactly("next", "inline again");
    }

    @Test
    void whoeverComesAfterTheLoopHasEndedIsToldSo() {
        loop.close();

        assertThat(mailbox.execute(() -> seen.add("never"))).isFalse();
        assertThat(mailbox.execute(() -> seen.add("never"))).isFalse();
        assertThat(mailbox.post(() -> seen.add("never"))).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void nothingIsKeptForALoopThatHasEnded() {
        loop.close();

        List<WeakReference<Object>> left = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            left.add(new WeakReference<>(leave(new Object())));
        }

        await().until(() -> {
            System.gc();
            return left.stream().allMatch(entry -> entry.get() == null);
        });
    }

    private Object leave(Object held) {
        mailbox.execute(() -> seen.add(held.toString()));
        return held;
    }
}
