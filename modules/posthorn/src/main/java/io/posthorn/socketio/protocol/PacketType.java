package io.posthorn.socketio.protocol;

/** What a packet is for. On the wire an event and an acknowledgement have another digit when they have attachments. */
public enum PacketType {
    /** Asks to join a namespace, or says that this was accepted. */
    CONNECT,
    /** Leaves a namespace. */
    DISCONNECT,
    /** An event with its arguments. */
    EVENT,
    /** Acknowledges an event. */
    ACK,
    /** Refuses a connection to a namespace. */
    CONNECT_ERROR
}
