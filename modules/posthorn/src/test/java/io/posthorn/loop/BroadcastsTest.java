package io.posthorn.loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class BroadcastsTest {
    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final Loop loop = loops.all().get(0);
    private final Broadcasts broadcasts = loop.broadcasts();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void whatATurnBringsIsDeliveredAtItsEndAndTheLastIsToldThatItIs() {
        inOneTurn(() -> {
            broadcasts.add(broadcast("one"));
            broadcasts.add(broadcast("two"));
            broadcasts.add(broadcast("three"));
            seen.add("end");
        });

        assertThat(seen).containsExactly("end", "one", "two", "three, last");
    }

    @Test
    void whatIsAskedForBeforeIsDeliveredThenAndIsNotTheLast() {
        inOneTurn(() -> {
            broadcasts.add(broadcast("one"));
            broadcasts.deliver();
            seen.add("asked");
            broadcasts.add(broadcast("two"));
        });

        assertThat(seen).containsExactly("one", "asked", "two, last");
    }

    @Test
    void onlyTheNewestThatStillWaitsIsTheNewest() {
        inOneTurn(() -> {
            Broadcasts.Broadcast one = broadcast("one");
            Broadcasts.Broadcast two = broadcast("two");
            broadcasts.add(one);
            assertThat(broadcasts.isNewest(one)).isTrue();
            broadcasts.add(two);
            assertThat(broadcasts.isNewest(one)).isFalse();
            assertThat(broadcasts.isNewest(two)).isTrue();
            broadcasts.deliver();
            assertThat(broadcasts.isNewest(two)).isFalse();
        });
    }

    @Test
    void duringADeliveryNothingElseIsDelivered() {
        inOneTurn(() -> {
            broadcasts.add(isLast -> {
                broadcasts.deliver();
                seen.add("one");
            });
            broadcasts.add(broadcast("two"));
        });

        assertThat(seen).containsExactly("one", "two, last");
    }

    @Test
    void oneThatFailsHoldsUpNoneOfTheOthers() {
        inOneTurn(() -> {
            broadcasts.add(isLast -> {
                throw new IllegalStateException("meant to fail");
            });
            broadcasts.add(broadcast("two"));
        });

        assertThat(seen).containsExactly("two, last");
    }

    private Broadcasts.Broadcast broadcast(String name) {
        return isLast -> seen.add(isLast ? name + ", last" : name);
    }

    private void inOneTurn(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.mailbox().execute(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        done.orTimeout(20, TimeUnit.SECONDS).join();
        CompletableFuture.runAsync(() -> {}, loop.eventLoop())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
