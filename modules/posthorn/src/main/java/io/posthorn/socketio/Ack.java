package io.posthorn.socketio;

import org.jspecify.annotations.Nullable;

/** The way to acknowledge one event. From any thread. */
@FunctionalInterface
public interface Ack {
    /**
     * Acknowledges, with any number of values. Once: more often changes nothing, nor where the client wants none.
     *
     * @throws IllegalArgumentException where a value cannot be written
     */
    void send(@Nullable Object... values);
}
