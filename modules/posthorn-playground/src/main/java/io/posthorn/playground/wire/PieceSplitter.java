package io.posthorn.playground.wire;

import java.nio.ByteBuffer;

/**
 * Cuts a stream that comes in parts of any size into {@link Piece}s, wherever the parts begin and end. For one thread at a
 * time; it keeps the beginning of one piece and nothing else.
 */
interface PieceSplitter {
    /** More of the stream. */
    void onBytes(ByteBuffer bytes);

    /** The stream has ended. */
    void onEnd();
}
