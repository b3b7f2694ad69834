package io.posthorn.playground.lab;

import io.posthorn.playground.wire.Piece;

import java.util.List;

/**
 * What a page is told of one exchange.
 *
 * @param reader whose it is
 * @param exchange which one of that reader's, beginning with 1
 * @param request the request's head, lines ended by LF, secrets left out
 * @param requestBytes the head's size on the wire
 * @param response likewise; empty before there is one
 * @param responseBytes likewise; 0 before there is one
 * @param ended whether the answer is over, or the connection is, whichever way
 * @param firstPiece which one of the exchange's pieces the first of these is, beginning with 1; some before it may have been
 *     too many to be told
 * @param pieces those that have not been told
 */
record Wire(
        String reader,
        long exchange,
        String request,
        long requestBytes,
        String response,
        long responseBytes,
        boolean ended,
        long firstPiece,
        List<Part> pieces) {
    static final String FROM_SERVER = "server";
    static final String FROM_CLIENT = "client";

    /**
     * A chunk, a frame, a body.
     *
     * @param from who sent it
     * @param micros when, in microseconds since 1970
     * @param size how many bytes it had
     * @param bytes the first of them
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares parts.
    record Part(String from, long micros, long size, byte[] bytes) {
        static Part of(String from, long micros, Piece piece) {
            return new Part(from, micros, piece.size(), piece.bytes());
        }
    }
}
