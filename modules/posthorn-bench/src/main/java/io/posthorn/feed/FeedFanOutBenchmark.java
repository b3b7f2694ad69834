package io.posthorn.feed;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * From {@code publish} to the bytes that a channel takes, for each of a thousand readers of one feed on one loop: what one
 * delivered message costs. All of it is what a server runs, but for the channels, which are in memory.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Dio.netty.leakDetection.level=disabled")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FeedFanOutBenchmark.READERS * FeedFanOutBenchmark.MESSAGES)
public class FeedFanOutBenchmark {
    static final int READERS = 1000;
    static final int MESSAGES = 16;

    /** How it is read. */
    @Param
    public MeasuredReader reader = MeasuredReader.EVENT_SOURCE;

    /** The length of each message, ASCII text, in bytes. */
    @Param({"64", "1024"})
    public int size;

    private final FeedInMemory feed = new FeedInMemory();
    private String text = "";

    /** Lets the readers come. */
    @Setup
    public void prepare() {
        text = MeasuredPayload.text(size);
        feed.connect(reader, READERS);
    }

    /** Each message finds the loop idle, and leaves alone. */
    @Benchmark
    public void alone() throws InterruptedException {
        feed.publish(text, MESSAGES, 1);
    }

    /** As many as were published in one turn of the loop leave together. */
    @Benchmark
    public void sixteenTogether() throws InterruptedException {
        feed.publish(text, MESSAGES, MESSAGES);
    }

    /** Makes sure that every reader has got all. */
    @TearDown(Level.Trial)
    public void close() {
        feed.close();
    }
}
