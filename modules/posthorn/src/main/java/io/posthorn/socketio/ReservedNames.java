package io.posthorn.socketio;

import io.posthorn.socketio.protocol.EventNames;

/** Sees to it that the application does not use a name that Socket.IO keeps to itself. */
final class ReservedNames {
    private ReservedNames() {}

    /** Refuses a name that is reserved. */
    static void check(String name) {
        if (EventNames.isReserved(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is a reserved event name");
        }
    }
}
