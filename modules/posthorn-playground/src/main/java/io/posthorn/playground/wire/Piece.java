package io.posthorn.playground.wire;

/**
 * A part of a stream that means something by itself: a chunk, a frame, a body.
 *
 * @param size how many bytes it had
 * @param bytes the first of them, at most {@value #SHOWN}; not a copy
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares pieces.
public record Piece(long size, byte[] bytes) {
    /** How many bytes of a piece are kept. */
    public static final int SHOWN = 1024;
}
