package io.posthorn.socketio.adapter;

import io.posthorn.loop.LoopFuture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The answers of several loops to one question. Safe for all threads. */
final class Gathering<T> {
    private final LoopFuture<List<T>> all = new LoopFuture<>();
    private final List<T> answers = new ArrayList<>();
    private int awaited;

    Gathering(int loops) {
        this.awaited = loops;
    }

    /** All answers, once nobody is awaited any more. */
    CompletableFuture<List<T>> answers() {
        return all;
    }

    /** Asks; who fails to answer fails the whole. */
    void ask(Supplier<T> question) {
        try {
            T answer = question.get();
            synchronized (this) {
                answers.add(answer);
            }
        } catch (Throwable failure) {
            // An Error too: whoever asked waits for the answers.
            all.completeExceptionally(failure);
        }
        skip();
    }

    /** One less is awaited. */
    void skip() {
        List<T> complete;
        synchronized (this) {
            if (--awaited > 0) {
                return;
            }
            complete = List.copyOf(answers);
        }
        all.complete(complete);
    }
}
