package io.posthorn.socketio.protocol;

import io.posthorn.json.JsonArrayWriter;
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
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * From the bytes of an event's packet to its argument, as a handler asks for it. Beside it Jackson alone, which is given
 * only the argument's JSON: it neither reads a packet, nor checks anything that it does not bind.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketDecodeBenchmark {
    private static final byte[] MESSAGE_OF_ENGINE_IO = {'4', '2'};

    /** What the argument's text is made of. */
    @Param
    public MeasuredText text = MeasuredText.ASCII;

    /** Its length, in bytes of UTF-8. */
    @Param({"32", "1024"})
    public int size;

    private final PacketDecoder decoder = new PacketDecoder(1 << 20);
    private final JsonMapper jackson = new JsonMapper();
    private final ObjectReader jacksonRecords = jackson.readerFor(ChatMessage.class);
    private final ObjectReader jacksonStrings = jackson.readerFor(String.class);
    private byte[] recordPacket = new byte[0];
    private byte[] stringPacket = new byte[0];
    private byte[] recordJson = new byte[0];
    private byte[] stringJson = new byte[0];

    /** Makes the packets. */
    @Setup
    public void prepare() {
        String said = text.text(size);
        recordPacket = packet(ChatMessage.saying(said));
        stringPacket = packet(said);
        recordJson = argument(recordPacket);
        stringJson = argument(stringPacket);
    }

    private static byte[] packet(Object argument) {
        return new JsonArrayWriter().value("message").value(argument).bytes(MESSAGE_OF_ENGINE_IO);
    }

    private byte[] argument(byte[] packet) {
        return decoded(packet).json(0).getBytes(StandardCharsets.UTF_8);
    }

    private PacketData decoded(byte[] packet) {
        Packet event = decoder.text(packet, 1);
        if (event == null) {
            throw new IllegalStateException("nothing is to follow");
        }
        return event.data();
    }

    /** A packet that nobody asks for its argument. */
    @Benchmark
    public Object checked() {
        return decoded(recordPacket);
    }

    /** To a record. */
    @Benchmark
    public @Nullable Object record() {
        return decoded(recordPacket).read(0, ChatMessage.class);
    }

    /** To a string. */
    @Benchmark
    public @Nullable Object string() {
        return decoded(stringPacket).read(0, String.class);
    }

    /** To a record, by Jackson alone. */
    @Benchmark
    public Object jacksonRecord() {
        return jacksonRecords.readValue(recordJson);
    }

    /** To a string, by Jackson alone. */
    @Benchmark
    public Object jacksonString() {
        return jacksonStrings.readValue(stringJson);
    }
}
