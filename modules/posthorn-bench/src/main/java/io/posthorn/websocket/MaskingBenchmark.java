package io.posthorn.websocket;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** Taking the mask off, from direct memory into an array, beside copying the bytes as they are. */
@State(Scope.Thread)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dio.netty.leakDetection.level=disabled", "-Djmh.executor=CUSTOM", LoopThreads.OPTION})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskingBenchmark {
    /** How many bytes; the last is more than the caches hold. */
    @Param({"16", "128", "1024", "16384", "65536", "16777216"})
    public int size;

    private ByteBuffer masked = ByteBuffer.allocate(0);
    private byte[] plain = new byte[0];

    /** Makes the bytes. */
    @Setup
    public void prepare() {
        masked = ByteBuffer.allocateDirect(size).put(Payload.ASCII.bytes(size)).flip();
        plain = new byte[size];
    }

    /** Ours, which also learns whether all of it is ASCII. */
    @Benchmark
    public boolean posthorn() {
        return Masking.unmask(masked, 0, plain, 0, size, ClientFrames.KEY);
    }

    /** As RFC 6455 5.3 writes it. */
    @Benchmark
    public byte[] byteByByte() {
        for (int i = 0; i < size; i++) {
            plain[i] = (byte) (masked.get(i) ^ (ClientFrames.KEY >>> (24 - 8 * (i & 3))));
        }
        return plain;
    }

    /** The speed of memory. */
    @Benchmark
    public byte[] copy() {
        masked.get(0, plain, 0, size);
        return plain;
    }
}
