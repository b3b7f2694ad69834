package io.posthorn.socketio;

import io.posthorn.json.JsonText;

/** Why a socket has ended, in the words of Socket.IO. As an argument of an event it is that text. */
public enum DisconnectReason implements JsonText {
    /** The connection failed. */
    TRANSPORT_ERROR("transport error"),
    /** The client has left, or its connection was lost. */
    TRANSPORT_CLOSE("transport close"),
    /** The server has closed the connection. */
    FORCED_CLOSE("forced close"),
    /** The client has not answered a heartbeat in time. */
    PING_TIMEOUT("ping timeout"),
    /** The client has broken a rule of the protocol. */
    PARSE_ERROR("parse error"),
    /** The server closes. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The server has closed the connection since the client joined no namespace in time, or spoke out of turn. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The client has left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The server has ended this socket. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The words. */
    public String text() {
        return text;
    }

    @Override
    public String jsonText() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
