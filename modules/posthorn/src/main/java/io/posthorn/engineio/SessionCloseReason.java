package io.posthorn.engineio;

/** Why a session has ended. */
public enum SessionCloseReason {
    /** A connection failed, or the client broke a rule of its transport. */
    TRANSPORT_ERROR("transport error"),
    /** The client has closed the session or its connection. */
    TRANSPORT_CLOSE("transport close"),
    /** The server has closed it. */
    FORCED_CLOSE("forced close"),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client has sent what is no packet. */
    PARSE_ERROR("parse error"),
    /** The server closes. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The client does not take what it is sent, and too much waits for it. */
    TOO_SLOW("too slow");

    private final String text;

    SessionCloseReason(String text) {
        this.text = text;
    }

    /** The reason as clients and servers of Socket.IO call it. */
    public String text() {
        return text;
    }
}
