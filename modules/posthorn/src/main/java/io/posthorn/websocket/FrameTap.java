package io.posthorn.websocket;

/**
 * Sees each frame of one connection as it stands on the wire, for showing and for debugging; {@link WebSocket#tap} puts
 * it in. A connection without one pays nothing.
 */
@FunctionalInterface
public interface FrameTap {
    /** How many bytes of payload are shown at most. */
    int MAX_PAYLOAD = 128;

    /** Which way a frame goes. */
    enum Direction {
        /** From the client: masked. */
        RECEIVED,
        /** To the client. */
        SENT
    }

    /**
     * A frame has arrived, or is about to leave. Called on the connection's loop; it must not block.
     *
     * @param bytes the header, and as much of the payload as {@link #MAX_PAYLOAD} lets through, still masked; the
     *     array is the tap's
     */
    void onFrame(Direction direction, byte[] bytes);
}
