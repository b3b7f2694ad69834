package io.posthorn.socketio;

import io.posthorn.socketio.protocol.Packet;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;

/** An event that a client sent, with its arguments. For all threads; the arguments are immutable. */
public final class Event extends Arguments {
    private final Socket socket;
    private final String name;
    private final long ackId;
    /** Null where the client wants no acknowledgement. */
    private final @Nullable AtomicBoolean acknowledged;

    Event(Socket socket, Packet packet) {
        super(packet.data().eventName(), packet.data());
        this.socket = socket;
        this.name = packet.data().eventName();
        this.ackId = packet.id();
        this.acknowledged = packet.hasId() ? new AtomicBoolean() : null;
    }

    /** Who sent it. */
    public Socket socket() {
        return socket;
    }

    /** Its name; a number as its text. */
    public String name() {
        return name;
    }

    /** Whether the client waits for an acknowledgement. */
    public boolean wantsAck() {
        return acknowledged != null;
    }

    /**
     * Acknowledges, with any number of values. Once: more often changes nothing, nor where the client wants none.
     *
     * @throws IllegalArgumentException where a value cannot be written
     */
    public void ack(@Nullable Object... values) {
        AtomicBoolean done = acknowledged;
        if (done == null || !done.compareAndSet(false, true)) {
            return;
        }
        try {
            socket.connection().acknowledge(ackId, values);
        } catch (IllegalArgumentException unwritable) {
            done.set(false); // the client still waits, and may be told something else
            throw unwritable;
        }
    }

    @Override
    public String toString() {
        return "event \"" + name + "\" of " + socket;
    }
}
