package io.posthorn.socketio.protocol;

import java.util.List;

/**
 * One packet that a peer sent, with its attachments. Immutable, and owner of its bytes; for all threads.
 *
 * @param namespace begins with a slash
 * @param id what the acknowledgement is to carry or carries; {@link #NO_ID} if there is none
 * @param data the arguments of an event or an acknowledgement, the one value of the others, or nothing
 */
public record Packet(PacketType type, String namespace, long id, PacketData data) {
    /** Nobody waits for an acknowledgement. */
    public static final long NO_ID = -1;

    /** Whether it has an id. */
    public boolean hasId() {
        return id != NO_ID;
    }

    /** The attachments; not copies, and not to be changed. */
    public List<byte[]> attachments() {
        return data.attachments();
    }
}
