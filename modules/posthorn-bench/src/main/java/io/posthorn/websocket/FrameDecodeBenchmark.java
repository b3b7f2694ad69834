package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
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

import java.util.concurrent.TimeUnit;

/**
 * From the bytes of one read, which hold one masked frame, to the message: a {@code String} of a text, an array of a
 * binary one.
 */
@State(Scope.Thread)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dio.netty.leakDetection.level=disabled", "-Djmh.executor=CUSTOM", LoopThreads.OPTION})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameDecodeBenchmark {
    private static final int MAX_PAYLOAD = 1 << 20;

    /** What the frame carries. */
    @Param({"ASCII", "CHINESE", "BINARY"})
    public Payload payload = Payload.ASCII;

    /** Its payload's length, in bytes. */
    @Param({"16", "128", "1024", "16384", "65536"})
    public int size;

    private final LastMessage sink = new LastMessage();
    private final FrameDecoder decoder = sink.decoder(MAX_PAYLOAD);
    private final BareNettyDecoder nettyDecoder = new BareNettyDecoder(MAX_PAYLOAD);
    private @Nullable ByteBuf frame;
    private @Nullable DecodingChannel posthornChannel;
    private @Nullable DecodingChannel nettyChannel;

    /** Makes the frame. */
    @Setup
    public void prepare() {
        ByteBuf made = ClientFrames.of(payload, size, 1);
        frame = made;
        posthornChannel = DecodingChannel.posthorn(made);
        nettyChannel = DecodingChannel.netty(made);
    }

    /** The decoder and the assembler alone; the text is checked. */
    @Benchmark
    public @Nullable Object posthorn() {
        ByteBuf in = given(frame);
        decoder.decode(in.internalNioBuffer(0, in.writerIndex()));
        return sink.last();
    }

    /** Netty's decoder alone; the text is not checked. */
    @Benchmark
    public Object netty() throws Exception {
        return nettyDecoder.message(given(frame).readerIndex(0));
    }

    /** The same, as the only handler of a pipeline. */
    @Benchmark
    public @Nullable Object posthornPipeline() {
        return given(posthornChannel).read();
    }

    /** Netty's decoder and its check for UTF-8 in a pipeline, as its server handler sets them up. */
    @Benchmark
    public @Nullable Object nettyPipeline() {
        return given(nettyChannel).read();
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not prepared");
        }
        return value;
    }
}
