package io.posthorn.websocket;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
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
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Checking that a text is UTF-8. */
@State(Scope.Thread)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dio.netty.leakDetection.level=disabled", "-Djmh.executor=CUSTOM", LoopThreads.OPTION})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Utf8Benchmark {
    /** Which characters. */
    @Param({"ASCII", "CHINESE", "EMOJI"})
    public Payload payload = Payload.ASCII;

    /** How many bytes. */
    @Param({"16", "128", "1024", "16384", "65536"})
    public int size;

    private final Utf8Validator utf8 = new Utf8Validator();
    private final NettyUtf8Check netty = new NettyUtf8Check();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] text = new byte[0];
    private byte[] copy = new byte[0];
    private CharBuffer characters = CharBuffer.allocate(0);
    private TextWebSocketFrame frame = new TextWebSocketFrame();

    /** Makes the text. */
    @Setup
    public void prepare() {
        text = payload.bytes(size);
        copy = new byte[size];
        characters = CharBuffer.allocate(size);
        frame = new TextWebSocketFrame(Unpooled.directBuffer(size).writeBytes(text));
    }

    /** Ours, over an array. */
    @Benchmark
    public boolean posthorn() {
        return utf8.accept(text, 0, size) && utf8.isComplete();
    }

    /** Netty's handler, over a direct buffer, as it stands behind the decoder. */
    @Benchmark
    public int netty() throws Exception {
        return netty.check(frame);
    }

    /** The JDK's decoder, over an array; it makes characters too. */
    @Benchmark
    public CoderResult jdk() {
        return decoder.reset().decode(ByteBuffer.wrap(text), characters.clear(), true);
    }

    /** The speed of memory: the bytes copied. */
    @Benchmark
    public byte[] copy() {
        System.arraycopy(text, 0, copy, 0, size);
        return copy;
    }
}
