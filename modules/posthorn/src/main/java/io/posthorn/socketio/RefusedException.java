package io.posthorn.socketio;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** A middleware has refused a socket or an event. Without a stack trace, since a peer can cause it at will. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** A refusal with words only. */
    public RefusedException(String message) {
        this(message, null);
    }

    /** A refusal with words and data. */
    public RefusedException(String message, @Nullable Object data) {
        super(message, null, false, false);
        this.data = data;
    }

    /** What is said beyond the words. */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }

    @Nullable
    Object rawData() {
        return data;
    }
}
