package io.posthorn.loop;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class LoopCounterTest {
    private static final int LOOPS = 4;
    private static final int EACH = 100_000;

    @Test
    void nothingIsLostThatLoopsCountBesideEachOther() throws Exception {
        LoopCounter counter = new LoopCounter();
        try (EventLoops loops = new EventLoops(IoKind.NIO, LOOPS)) {
            List<Future<?>> counting = new ArrayList<>();
            for (Loop loop : loops.all()) {
                counting.add(loop.eventLoop().submit(() -> {
                    for (int i = 0; i < EACH; i++) {
                        counter.increment(loop);
                    }
                }));
            }
            for (Future<?> loop : counting) {
                loop.get(20, TimeUnit.SECONDS);
            }

            assertThat(counter.sum()).isEqualTo((long) LOOPS * EACH);
        }
    }

    @Test
    void theLoopsOfAServerAreNumberedFromZeroOn() {
        try (EventLoops loops = new EventLoops(IoKind.NIO, LOOPS)) {
            assertThat(loops.all()).extracting(Loop::index).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }
}
