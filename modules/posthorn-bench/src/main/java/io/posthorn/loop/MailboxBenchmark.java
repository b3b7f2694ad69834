package io.posthorn.loop;

import io.netty.channel.EventLoop;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to have a loop do something, by its mailbox and by Netty's own queue. From outside a thread leaves many
 * entries and waits for the last one, or waits for each; {@code -t} says how many threads do so at once.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MailboxBenchmark {
    private static final int ENTRIES = 16 * 1024;
    /** Of those, in one turn of the loop. */
    private static final int PER_TURN = 1024;

    private final EventLoops loops = new EventLoops(IoKind.best(), 1);
    private final Loop loop = loops.all().get(0);
    private final EventLoop netty = loop.eventLoop();
    private final Runnable entry = this::done;
    /** The loop's. */
    private long count;

    private void done() {
        count++;
    }

    /** Many entries from outside. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void burst() throws InterruptedException {
        leave(loop.mailbox()::execute, ENTRIES);
    }

    /** Many tasks from outside, by Netty's own queue. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void nettyBurst() throws InterruptedException {
        leave(netty, ENTRIES);
    }

    /** One entry from outside to a loop that sleeps, there and back. */
    @Benchmark
    public void alone() throws InterruptedException {
        leave(loop.mailbox()::execute, 1);
    }

    /** One task from outside to a loop that sleeps, there and back, by Netty's own queue. */
    @Benchmark
    public void nettyAlone() throws InterruptedException {
        leave(netty, 1);
    }

    /** On the loop itself, where nothing waits: the call runs at once. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void inline() throws InterruptedException {
        onLoop(loop.mailbox()::execute);
    }

    /** On the loop itself, but left for later. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void posted() throws InterruptedException {
        onLoop(loop.mailbox()::post);
    }

    /** On the loop itself, by Netty's own queue, which is always for later. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void nettyOnLoop() throws InterruptedException {
        onLoop(netty);
    }

    /** On the loop itself, without either: what the three above have in common. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void nothingOnLoop() throws InterruptedException {
        onLoop(Runnable::run);
    }

    private void leave(Executor way, int entries) throws InterruptedException {
        CountDownLatch last = new CountDownLatch(1);
        for (int i = 1; i < entries; i++) {
            way.execute(entry);
        }
        way.execute(() -> {
            done();
            last.countDown();
        });
        last.await();
    }

    private void onLoop(Executor way) throws InterruptedException {
        Turns.run(loop, ENTRIES / PER_TURN, () -> {
            for (int i = 0; i < PER_TURN; i++) {
                way.execute(entry);
            }
        });
    }

    /** Ends the loop. */
    @TearDown
    public void close() {
        loops.close();
        if (count == 0) {
            throw new IllegalStateException("nothing was done");
        }
    }
}
