package io.posthorn.socketio;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * From {@code emit} to the bytes that a channel takes, for each of a thousand sockets in one room on one loop: what one
 * delivered message costs. All of it is what a server runs, but for the channels, which are in memory. Beside it a group
 * of WebSockets, which get the bare text.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Dio.netty.leakDetection.level=disabled")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RoomFanOutBenchmark.RECEIVERS * RoomFanOutBenchmark.MESSAGES)
public class RoomFanOutBenchmark {
    static final int RECEIVERS = 1000;
    static final int MESSAGES = 16;

    /** Who gets it. */
    @Param
    public Receivers receivers = Receivers.ROOM;

    /** How many messages leave together, in one turn of the loop. */
    @Param({"1", "4", "16"})
    public int perTurn;

    /** The length of each text, ASCII, in bytes. */
    @Param("64")
    public int size;

    private final RoomInMemory server = new RoomInMemory();
    private String text = "";

    /** Kinds of receivers. */
    public enum Receivers {
        /** The sockets in a room. */
        ROOM,
        /** The WebSockets of a group. */
        GROUP
    }

    /** Lets the receivers come. */
    @Setup
    public void prepare() {
        text = "a".repeat(size);
        switch (receivers) {
            case ROOM -> server.connectSockets(RECEIVERS);
            case GROUP -> server.connectWebSockets(RECEIVERS);
        }
    }

    /** As many messages as it takes, some in each turn. */
    @Benchmark
    public void messages() throws InterruptedException {
        switch (receivers) {
            case ROOM -> server.emit(text, MESSAGES, perTurn);
            case GROUP -> server.sendToGroup(text, MESSAGES, perTurn);
        }
    }

    /** Makes sure that everybody has got all. */
    @TearDown
    public void close() {
        server.close();
    }
}
