package io.posthorn.socketio.adapter;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.Turns;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A room that members leave and join all the time, one after the other in no order, and what a broadcast to it costs. All
 * members are in another room too.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Dio.netty.leakDetection.level=disabled")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoomChurnBenchmark {
    static final int MOVES = 1000;
    static final int TURNS = 256;
    private static final String ROOM = "lobby";
    private static final Set<String> LOBBY = Set.of(ROOM);
    private static final Set<String> BOTH = Set.of(ROOM, "everywhere");

    /** How many are in the room. */
    @Param({"1", "100", "10000"})
    public int members;

    private final EventLoops loops = new EventLoops(IoKind.best(), 1);
    private final Loop loop = loops.all().get(0);
    private final LocalAdapter adapter = new LocalAdapter(loops);
    private final RoomIndex index = new RoomIndex();
    private final Audience audience = Audience.everybody().to(ROOM);
    private final Message message = Message.of(null, Payload.text("The post is here"));
    private final List<CountingMember> all = new ArrayList<>();
    private int next;

    /** Fills the room. */
    @Setup
    public void prepare() {
        for (int i = 0; i < members; i++) {
            CountingMember member = new CountingMember("member-" + i, loop);
            all.add(member);
            index.add(member, BOTH);
            adapter.add(member, BOTH);
        }
        Collections.shuffle(all, new Random(members));
    }

    /** One leaves and comes back: the index alone. */
    @Benchmark
    public CountingMember index() {
        CountingMember member = next();
        index.remove(member, LOBBY);
        index.add(member, LOBBY);
        return member;
    }

    /** One leaves and comes back: as sockets do it, on the loop. */
    @Benchmark
    @OperationsPerInvocation(MOVES)
    public void adapter() throws InterruptedException {
        Turns.run(loop, 1, () -> move(MOVES));
    }

    /** A broadcast to all of them, its flush included. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void broadcast() throws InterruptedException {
        Turns.run(loop, TURNS, () -> adapter.broadcast(message, audience));
    }

    /** Sixteen leave and come back, and then there is a broadcast. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void churnAndBroadcast() throws InterruptedException {
        Turns.run(loop, TURNS, () -> {
            move(16);
            adapter.broadcast(message, audience);
        });
    }

    private void move(int moves) {
        for (int i = 0; i < moves; i++) {
            CountingMember member = next();
            adapter.remove(member, ROOM);
            adapter.add(member, LOBBY);
        }
    }

    private CountingMember next() {
        next = next + 1 < members ? next + 1 : 0;
        return all.get(next);
    }

    /** Makes sure that everybody got the same: who leaves comes back before the next broadcast. */
    @TearDown
    public void close() {
        loops.close();
        long each = all.get(0).delivered();
        if (!all.stream().allMatch(member -> member.delivered() == each)) {
            throw new IllegalStateException("not everybody has got everything");
        }
    }
}
