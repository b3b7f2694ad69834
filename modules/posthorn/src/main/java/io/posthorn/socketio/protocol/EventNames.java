package io.posthorn.socketio.protocol;

/** The names of events that no peer may send, because they name what happens to a socket itself. */
public final class EventNames {
    private EventNames() {}

    /** Whether a name is reserved. */
    public static boolean isReserved(String name) {
        return switch (name) {
            case "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener" -> true;
            default -> false;
        };
    }
}
