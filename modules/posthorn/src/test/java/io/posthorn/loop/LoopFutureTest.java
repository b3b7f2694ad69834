package io.posthorn.loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoopFutureTest {
    private static final String REFUSAL = "would wait for its own loop; declare the handler blocking";

    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final LoopFuture<String> future = new LoopFuture<>();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void waitingOnALoopIsRefused() {
        assertRefusedOnALoop(future::join);
        assertRefusedOnALoop(future::get);
        assertRefusedOnALoop(() -> future.get(1, TimeUnit.HOURS));
    }

    @Test
    void waitingOnALoopForWhatIsDerivedIsRefusedToo() {
        CompletableFuture<Integer> derived = future.thenApply(String::length)
                .whenComplete((length, failure) -> {})
                .thenCompose(length -> future.thenApply(text -> length));

        assertRefusedOnALoop(derived::join);
        assertRefusedOnALoop(derived.toCompletableFuture()::get);
    }

    @Test
    void whatIsDoneCanBeHadOnALoop() {
        future.complete("done");

        assertThat(onLoop(() -> future.join())).isEqualTo("done");
        assertThat(onLoop(() -> future.get())).isEqualTo("done");
        assertThat(onLoop(() -> future.get(1, TimeUnit.HOURS))).isEqualTo("done");
        assertThat(onLoop(() -> future.thenApply(String::length).join())).isEqualTo(4);
    }

    @Test
    void otherThreadsWait() {
        Loop loop = loops.all().get(0);
        loop.mailbox().execute(() -> future.complete("from the loop"));

        assertThat(future.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo("from the loop");
    }

    @Test
    void loopsOfAllServersAreAlike() {
        try (EventLoops others = new EventLoops(IoKind.best(), 1)) {
            assertThatThrownBy(() -> on(others, future::join)).hasMessageContaining(REFUSAL);
        }
    }

    private void assertRefusedOnALoop(Callable<?> waiting) {
        assertThatThrownBy(() -> onLoop(waiting))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining(REFUSAL);
    }

    private <T> T onLoop(Callable<T> action) {
        return on(loops, action);
    }

    private static <T> T on(EventLoops where, Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        where.all().get(0).mailbox().execute(() -> {
            try {
                result.complete(action.call());
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        });
        return result.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
