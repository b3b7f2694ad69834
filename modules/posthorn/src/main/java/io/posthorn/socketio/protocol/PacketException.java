package io.posthorn.socketio.protocol;

/**
 * What a peer sent breaks a rule of the protocol; its connection is to be closed for a parse error. The message says which
 * rule, and holds nothing of what was sent. Without a stack trace, since a peer can cause it at will.
 */
public final class PacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PacketException(String message) {
        super(message, null, false, false);
    }
}
