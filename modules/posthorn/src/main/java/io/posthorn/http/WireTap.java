package io.posthorn.http;

/**
 * Sees what one exchange puts on the wire, above TLS: its answer byte by byte and, once it has become a stream or another
 * protocol, what passes in either direction. For showing, counting and debugging; {@link HttpExchange#tap} puts it in, and
 * a connection without one pays nothing. What the request was is told by {@link HttpRequest#headText} and {@link
 * HttpRequest#wireBytes}. A tap that throws is logged, and told nothing more.
 */
public interface WireTap {
    /** Which way bytes go. */
    enum Direction {
        /** From the client. */
        RECEIVED,
        /** To the client. */
        SENT
    }

    /**
     * Bytes have arrived, or are about to leave; in order, in pieces of any size. Called on the connection's loop; it must
     * not block.
     *
     * @param bytes the tap's own
     */
    void onBytes(Direction direction, byte[] bytes);

    /** Nothing more comes: the answer is written, or the connection gone. Called once, and last, on the loop. */
    void onEnd();
}
