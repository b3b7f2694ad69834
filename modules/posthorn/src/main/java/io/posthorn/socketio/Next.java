package io.posthorn.socketio;

import org.jspecify.annotations.Nullable;

/** How a middleware ends. From any thread; only the first call counts. */
public interface Next {
    /** Goes on: to the next middleware, or to what it stands before. */
    void proceed();

    /**
     * Refuses.
     *
     * @param message what a client's {@code connect_error} says, or a socket's {@code onError}
     */
    default void refuse(String message) {
        refuse(message, null);
    }

    /**
     * Refuses.
     *
     * @param message what a client's {@code connect_error} says, or a socket's {@code onError}
     * @param data what it says beyond that, as {@code error.data}; written as JSON
     */
    void refuse(String message, @Nullable Object data);
}
