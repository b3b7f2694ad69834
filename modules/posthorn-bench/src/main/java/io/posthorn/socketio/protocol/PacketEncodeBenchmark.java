package io.posthorn.socketio.protocol;

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

import java.util.concurrent.TimeUnit;

/**
 * From an event's name and argument to the message that all its receivers get. Beside it Jackson alone, which writes the
 * array of both, and nothing of Socket.IO.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketEncodeBenchmark {
    /** What the argument's text is made of. */
    @Param
    public MeasuredText text = MeasuredText.ASCII;

    /** Its length, in bytes of UTF-8. */
    @Param({"32", "1024"})
    public int size;

    private final ObjectWriter jackson = new JsonMapper().writer();
    private String said = "";
    private ChatMessage message = ChatMessage.saying("");

    /** Makes the argument. */
    @Setup
    public void prepare() {
        said = text.text(size);
        message = ChatMessage.saying(said);
    }

    /** Of a record. */
    @Benchmark
    public Object record() {
        return PacketEncoder.event("/", Packet.NO_ID, "message", message);
    }

    /** Of a string. */
    @Benchmark
    public Object string() {
        return PacketEncoder.event("/", Packet.NO_ID, "message", said);
    }

    /** Of a record, by Jackson alone. */
    @Benchmark
    public Object jacksonRecord() {
        return jackson.writeValueAsBytes(new Object[] {"message", message});
    }

    /** Of a string, by Jackson alone. */
    @Benchmark
    public Object jacksonString() {
        return jackson.writeValueAsBytes(new Object[] {"message", said});
    }
}
