package io.posthorn.feed;

import io.posthorn.transport.Form;
import io.posthorn.transport.Message;
import io.posthorn.transport.Sequencer;
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

/** From a numbered message to what a transport sends: once for all readers, and then once for each of them. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramingBenchmark {
    /** What it becomes. */
    @Param
    public MeasuredForm form = MeasuredForm.EVENT_SOURCE;

    /** What it says. */
    @Param
    public MeasuredPayload payload = MeasuredPayload.TEXT_16;

    private Form<?> wire = form.make();
    private Form<?> equal = form.make();
    private Message message = Message.of(null, payload.make());

    /** Makes the message, and has it encoded once. */
    @Setup
    public void prepare() {
        wire = form.make();
        equal = form.make();
        message = new Sequencer(1, 1).publish(Message.of(null, payload.make()));
        message.as(wire);
    }

    /** The first reader of a form has it made. */
    @Benchmark
    public Object encode() {
        return wire.encode(message);
    }

    /** All others find it made, by a form of their own that is equal. */
    @Benchmark
    public Object known() {
        return message.as(equal);
    }
}
