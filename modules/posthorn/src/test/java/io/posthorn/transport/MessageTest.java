package io.posthorn.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class MessageTest {
    private static final int THREADS = 8;

    private final AtomicInteger encodings = new AtomicInteger();
    private final Message message = Message.of("tick", Payload.text("12:00"));

    /** A form that counts how often it encodes; equal where its name is. */
    private record Named(String name, AtomicInteger encodings) implements Form<String> {
        @Override
        public String encode(Message message) {
            encodings.incrementAndGet();
            return name + ":" + message.payload().orElseThrow().text();
        }
    }

    @Test
    void aMessageIsEncodedOnceForEqualForms() {
        String first = message.as(named("a"));
        String second = message.as(named("a"));

        assertThat(first).isEqualTo("a:12:00").isSameAs(second);
        assertThat(encodings).hasValue(1);
    }

    @Test
    void formsThatDifferAreEncodedEach() {
        assertThat(message.as(named("a"))).isEqualTo("a:12:00");
        assertThat(message.as(named("b"))).isEqualTo("b:12:00");
        assertThat(message.as(named("a"))).isEqualTo("a:12:00");
        assertThat(encodings).hasValue(2);
    }

    @Test
    void eightFormsAreKeptAndTheNinthIsEncodedForEachWhoWantsIt() {
        List<String> kept = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        kept.forEach(name -> message.as(named(name)));
        kept.forEach(name -> message.as(named(name)));
        assertThat(encodings).hasValue(8);

        assertThat(message.as(named("i"))).isEqualTo("i:12:00");
        assertThat(message.as(named("i"))).isEqualTo("i:12:00");
        assertThat(encodings).hasValue(10);
        message.as(named("h"));
        assertThat(encodings).hasValue(10);
    }

    @Test
    void manyThreadsThatWantOneFormGetOneEncoding() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < 500; round++) {
                encodings.set(0);
                assertThat(wantedByAll(threads, Message.of(null, Payload.text("12:00"))))
                        .allSatisfy(wire -> assertThat(wire).isEqualTo("a:12:00"))
                        .hasSize(THREADS);
                assertThat(encodings).hasValue(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> wantedByAll(ExecutorService threads, Message shared) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Callable<String>> wishes = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            wishes.add(() -> {
                together.await();
                return shared.as(named("a"));
            });
        }
        List<String> wires = new ArrayList<>();
        for (Future<String> wire : threads.invokeAll(wishes)) {
            wires.add(wire.get());
        }
        return wires;
    }

    @Test
    void aMessageOfManyIsEncodedAnewOnlyForWhoIsToldAGap() {
        String shared = message.as(named("a"));
        Message told = message.at(new Cursor("k", 9)).withGap(new Gap(new Cursor("k", 3), new Cursor("k", 9)));
        told.as(named("a"));

        assertThat(encodings).hasValue(2);
        assertThat(message.as(named("a"))).isSameAs(shared);
        assertThat(message.gap()).isEmpty();
        assertThat(told.gap()).contains(new Gap(new Cursor("k", 3), new Cursor("k", 9)));
        assertThat(told.event()).contains("tick");
        assertThat(told.payload()).isEqualTo(message.payload());
    }

    @Test
    void anEventsNameHasNoLineBreaksAndAtMost128Characters() {
        assertThat(Message.of("n".repeat(128), Payload.text("")).event()).contains("n".repeat(128));
        for (String name : List.of("", "n".repeat(129), "a\nb", "a\rb", "a\0b")) {
            assertThatThrownBy(() -> Message.of(name, Payload.text(""))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPositionHoldsNoData() {
        Message position = Message.position(new Cursor("k", 4), null);
        assertThat(position.cursor()).contains(new Cursor("k", 4));
        assertThat(position.payload()).isEmpty();
        assertThat(position.event()).isEmpty();
        assertThat(position.size()).isZero();
    }

    private Named named(String name) {
        return new Named(name, encodings);
    }
}
