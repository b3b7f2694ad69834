package io.posthorn.http;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The connections of one server that speak HTTP now, each in the set of its own loop; upgraded ones and streams are in none. */
final class HttpConnections {
    private final Map<Loop, Set<HttpConnection>> perLoop;
    private int open;

    HttpConnections(List<Loop> loops) {
        this.perLoop = loops.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), l -> new HashSet<>()));
    }

    @OnLoop
    void add(HttpConnection connection) {
        of(connection.loop()).add(connection);
        count(1);
    }

    @OnLoop
    void remove(HttpConnection connection) {
        if (of(connection.loop()).remove(connection)) {
            count(-1);
        }
    }

    /** Does something with every connection, on its loop; from any thread, without waiting. */
    void forEach(Consumer<HttpConnection> action) {
        perLoop.forEach((loop, connections) ->
                loop.mailbox().execute(() -> List.copyOf(connections).forEach(action)));
    }

    /** Waits until there is none. */
    synchronized boolean awaitNone(long endNanoTime) {
        try {
            for (long left = endNanoTime - System.nanoTime();
                    open > 0 && left > 0;
                    left = endNanoTime - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return open == 0;
    }

    private synchronized void count(int change) {
        open += change;
        if (open == 0) {
            notifyAll();
        }
    }

    private Set<HttpConnection> of(Loop loop) {
        return Objects.requireNonNull(perLoop.get(loop));
    }
}
