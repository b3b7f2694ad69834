package io.posthorn.socketio;

/**
 * An argument that a client sent is not there, or does not fit the type that was asked for. The message names the event, the
 * position and the type, and holds nothing of what was sent. Without a stack trace, since a peer can cause it at will.
 */
public final class ArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String event;
    private final int position;
    private final String type;

    ArgumentException(String event, int position, String type, String what) {
        super("argument " + position + " of \"" + event + "\" is not " + type + ": " + what, null, false, false);
        this.event = event;
        this.position = position;
        this.type = type;
    }

    /** The event's name. */
    public String event() {
        return event;
    }

    /** Which argument, the first being 0. */
    public int position() {
        return position;
    }

    /** The name of the type that it should have had. */
    public String type() {
        return type;
    }
}
