package io.posthorn.socketio.adapter;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;
import io.posthorn.transport.Payload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What a turn brings to the same audience, on one loop: ann can take it at once, bob cannot. */
class BurstDeliveryTest {
    private static final Audience EVERYBODY = Audience.everybody();

    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final Loop loop = loops.all().get(0);
    private final LocalAdapter adapter = new LocalAdapter(loops);
    private final TestMember ann = new TestMember("ann", loop);
    private final TestMember bob = new TestMember("bob", loop);

    @BeforeEach
    void enter() {
        ann.takesBursts = true;
        adapter.add(ann, Set.of("a"));
        adapter.add(bob, Set.of("a"));
    }

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void theMessagesOfATurnComeTogetherAndTheOthersAreFlushedOnce() {
        inOneTurn(() -> {
            for (int i = 0; i < 5; i++) {
                emit("m" + i, EVERYBODY.to("a"));
            }
            assertThat(ann.texts()).isEmpty();
        });

        assertThat(ann.bursts).containsExactly(5);
        assertThat(ann.texts()).containsExactly("m0", "m1", "m2", "m3", "m4").isEqualTo(bob.texts());
        assertThat(bob.flushes).containsExactly(5);
    }

    @Test
    void whatAnotherAudienceGotBeforeLeavesWithTheRest() {
        inOneTurn(() -> {
            emit("one", EVERYBODY);
            emit("two", EVERYBODY.to("a"));
            emit("three", EVERYBODY.to("a"));
        });

        assertThat(ann.texts()).containsExactly("one", "two", "three").isEqualTo(bob.texts());
        assertThat(ann.bursts).containsExactly(2);
        assertThat(bob.flushes).containsExactly(3);
    }

    @Test
    void anotherDeliveryIsAnotherAudience() {
        inOneTurn(() -> {
            emit("one", EVERYBODY);
            emit("two", EVERYBODY.by(Delivery.VOLATILE));
        });

        assertThat(ann.bursts).containsExactly(1);
        assertThat(bob.deliveries).containsExactly(Delivery.DROPPABLE, Delivery.VOLATILE);
    }

    @Test
    void namespacesDoNotOvertakeEachOther() {
        LocalAdapter other = new LocalAdapter(loops);
        other.add(ann, Set.of());
        inOneTurn(() -> {
            emit("one", EVERYBODY);
            other.broadcast(message("two"), EVERYBODY);
            emit("three", EVERYBODY);
        });

        assertThat(ann.texts()).containsExactly("one", "two", "three");
    }

    @Test
    void whoComesAndGoesInATurnGetsWhatWasSentMeanwhile() {
        TestMember cid = new TestMember("cid", loop);
        cid.takesBursts = true;
        inOneTurn(() -> {
            emit("before", EVERYBODY.to("a"));
            adapter.add(cid, Set.of("a"));
            emit("in", EVERYBODY.to("a"));
            adapter.remove(cid, "a");
            emit("after", EVERYBODY.to("a"));
        });

        assertThat(cid.texts()).containsExactly("in");
        assertThat(cid.flushes).containsExactly(1);
        assertThat(ann.texts()).containsExactly("before", "in", "after");
    }

    @Test
    void whatWasPutOffIsDeliveredAsSoonAsSomebodyAsks() {
        inOneTurn(() -> {
            emit("one", EVERYBODY);
            loop.broadcasts().deliver();
            assertThat(ann.texts()).containsExactly("one");
            assertThat(ann.flushes).isEmpty();
        });

        assertThat(ann.flushes).containsExactly(1);
    }

    @Test
    void aLargeBurstIsDeliveredBeforeTheEndOfTheTurn() {
        inOneTurn(() -> {
            emit("x".repeat(40_000), EVERYBODY);
            assertThat(ann.delivered).isEmpty();
            emit("x".repeat(40_000), EVERYBODY);
            assertThat(ann.delivered).hasSize(2);
            emit("x", EVERYBODY);
        });

        assertThat(ann.delivered).hasSize(3);
    }

    private void emit(String text, Audience audience) {
        adapter.broadcast(message(text), audience);
    }

    private static Message message(String text) {
        return Message.of(null, Payload.text(text));
    }

    private void inOneTurn(Runnable action) {
        CompletableFuture.runAsync(action, loop.eventLoop())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(loops.awaitTurn(Duration.ofSeconds(20))).isTrue();
        assertThat(loops.awaitTurn(Duration.ofSeconds(20))).isTrue();
    }
}
