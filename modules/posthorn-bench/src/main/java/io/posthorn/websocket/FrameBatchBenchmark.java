package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Many small frames in one read, as a busy connection brings them; what one of them costs. */
@State(Scope.Thread)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dio.netty.leakDetection.level=disabled", "-Djmh.executor=CUSTOM", LoopThreads.OPTION})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FrameBatchBenchmark.FRAMES)
public class FrameBatchBenchmark {
    static final int FRAMES = 16;

    /** The length of each payload, ASCII text, in bytes. */
    @Param({"16", "128"})
    public int size;

    private @Nullable DecodingChannel posthornChannel;
    private @Nullable DecodingChannel nettyChannel;

    /** Makes the frames. */
    @Setup
    public void prepare() {
        ByteBuf frames = ClientFrames.of(Payload.ASCII, size, FRAMES);
        posthornChannel = DecodingChannel.posthorn(frames);
        nettyChannel = DecodingChannel.netty(frames);
    }

    /** Our handler's way in a pipeline. */
    @Benchmark
    public @Nullable Object posthornPipeline() {
        return posthornChannel == null ? null : posthornChannel.read();
    }

    /** Netty's decoder and its check for UTF-8 in a pipeline. */
    @Benchmark
    public @Nullable Object nettyPipeline() {
        return nettyChannel == null ? null : nettyChannel.read();
    }
}
