package io.posthorn.websocket;

/**
 * The other side broke a rule. Thrown where the rule is broken, caught in {@link WebSocketEngine#receive}, which closes
 * with the code and counts it. Without a stack trace: the peer decides how often it is thrown.
 */
final class WebSocketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** A failure that closes with a code and, as its reason, a message of at most 123 bytes. */
    WebSocketException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
