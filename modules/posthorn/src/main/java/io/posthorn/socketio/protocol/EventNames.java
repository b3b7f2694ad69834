package io.posthorn.socketio.protocol;

import java.util.Set;

/** The names of events that no peer may send, because they name what happens to a socket itself. */
public final class EventNames {
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    /** Whether a name is reserved. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }
}
