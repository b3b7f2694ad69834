package io.posthorn.socketio;

import java.time.Duration;

/**
 * What sockets may cost.
 *
 * @param maxPendingAcks acknowledgements that one socket waits for; one more fails at once
 * @param maxRooms rooms that one socket may be in
 * @param maxRoomName characters of a room's name
 * @param attachmentTimeout how long the next attachment of a packet may take to come; then the connection is closed
 */
public record SocketIoLimits(int maxPendingAcks, int maxRooms, int maxRoomName, Duration attachmentTimeout) {
    private static final SocketIoLimits DEFAULTS = new SocketIoLimits(10_000, 1_000, 256, Duration.ofMinutes(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where a limit is not positive
     */
    public SocketIoLimits {
        positive("maxPendingAcks", maxPendingAcks);
        positive("maxRooms", maxRooms);
        positive("maxRoomName", maxRoomName);
        if (attachmentTimeout.isNegative() || attachmentTimeout.isZero()) {
            throw new IllegalArgumentException("attachmentTimeout must be positive, not " + attachmentTimeout + ".");
        }
    }

    /** 10,000 acknowledgements, 1,000 rooms with names of 256 characters, a minute for an attachment. */
    public static SocketIoLimits defaults() {
        return DEFAULTS;
    }

    /** These limits with another number of acknowledgements. */
    public SocketIoLimits withMaxPendingAcks(int other) {
        return new SocketIoLimits(other, maxRooms, maxRoomName, attachmentTimeout);
    }

    /** These limits with other rooms: how many, and how long their names. */
    public SocketIoLimits withMaxRooms(int rooms, int nameCharacters) {
        return new SocketIoLimits(maxPendingAcks, rooms, nameCharacters, attachmentTimeout);
    }

    /** These limits with another time for an attachment to come. */
    public SocketIoLimits withAttachmentTimeout(Duration other) {
        return new SocketIoLimits(maxPendingAcks, maxRooms, maxRoomName, other);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The limit " + name + " must be positive, not " + value + ".");
        }
    }
}
