package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.posthorn.loop.Outbound;
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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** From a message to the bytes of its frame in direct memory, which is where a socket takes them from. */
@State(Scope.Thread)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dio.netty.leakDetection.level=disabled", "-Djmh.executor=CUSTOM", LoopThreads.OPTION})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameEncodeBenchmark {
    /** What the message carries. */
    @Param({"ASCII", "CHINESE", "BINARY"})
    public Payload payload = Payload.ASCII;

    /** Its payload's length, in bytes. */
    @Param({"16", "128", "1024", "16384", "65536"})
    public int size;

    private final FrameWriter writer = new FrameWriter(null, 0);
    private final BareNettyEncoder netty = new BareNettyEncoder();
    private byte[] bytes = new byte[0];
    private String text = "";

    /** Makes the message. */
    @Setup
    public void prepare() {
        bytes = payload.bytes(size);
        text = payload.isText() ? new String(bytes, StandardCharsets.UTF_8) : "";
    }

    /** Ours, into a pooled buffer such as a read's answers are gathered in. */
    @Benchmark
    public int posthorn() {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(Outbound.FIRST_CAPACITY);
        byte[] message = payload.isText() ? text.getBytes(StandardCharsets.UTF_8) : bytes;
        writer.message(payload.opcode(), message, out);
        int written = out.readableBytes();
        out.release();
        return written;
    }

    /** Netty's encoder alone, and the copy into direct memory that its channels make of what is not there. */
    @Benchmark
    public int netty() throws Exception {
        return payload.isText() ? netty.text(text) : netty.binary(bytes);
    }
}
