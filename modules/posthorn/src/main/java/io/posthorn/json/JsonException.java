package io.posthorn.json;

/**
 * What a peer sent is not JSON, is beyond a limit, or is not of the type that was asked for. The message says what is
 * wrong, where, and for which type, but holds nothing of what was sent, so that it may be logged. Without a stack trace,
 * since a peer can cause it at will.
 */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message, null, false, false);
    }
}
