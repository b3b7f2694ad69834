package io.posthorn.socketio.protocol;

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
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** An event whose argument is binary, which travels beside the packet. Jackson alone would write it as Base64. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketBinaryBenchmark {
    private static final String PACKET = "451-[\"image\",{\"_placeholder\":true,\"num\":0}]";

    /** How many bytes the argument has. */
    @Param({"32", "1024"})
    public int size;

    private final PacketDecoder decoder = new PacketDecoder(1 << 20);
    private final ObjectWriter jackson = new JsonMapper().writer();
    private final byte[] packet = PACKET.getBytes(StandardCharsets.UTF_8);
    private byte[] image = new byte[0];

    /** Makes the argument. */
    @Setup
    public void prepare() {
        image = new byte[size];
        new Random(size).nextBytes(image);
    }

    /** To the message that all receivers get. */
    @Benchmark
    public Object encode() {
        return PacketEncoder.event("/", Packet.NO_ID, "image", image);
    }

    /** To JSON, by Jackson alone. */
    @Benchmark
    public Object jacksonEncode() {
        return jackson.writeValueAsBytes(new Object[] {"image", image});
    }

    /** From the packet and its attachment to the argument. */
    @Benchmark
    public byte @Nullable [] decode() {
        decoder.text(packet, 1);
        Packet event = decoder.binary(image);
        return event == null ? null : event.data().binary(0);
    }
}
