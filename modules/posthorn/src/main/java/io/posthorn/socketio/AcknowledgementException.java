package io.posthorn.socketio;

/** An acknowledgement will not come. Without a stack trace, since a peer can cause it at will. */
public final class AcknowledgementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    /** Why there is no acknowledgement. */
    public enum Cause {
        /** It did not come in time. */
        TIMEOUT("operation has timed out"),
        /** The socket is not connected, or not any more. */
        DISCONNECTED("socket has been disconnected"),
        /** As many are waited for as there may be. */
        TOO_MANY("too many acknowledgements are waited for");

        private final String text;

        Cause(String text) {
            this.text = text;
        }
    }

    AcknowledgementException(Cause cause) {
        super(cause.text, null, false, false);
        this.cause = cause;
    }

    /** Why. */
    public Cause why() {
        return cause;
    }
}
