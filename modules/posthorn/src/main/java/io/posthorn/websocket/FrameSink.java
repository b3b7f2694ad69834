package io.posthorn.websocket;

/**
 * What becomes of the frames that {@link FrameDecoder} finds.
 *
 * <p>A frame that has arrived whole comes as one call of {@link #whole}; any other as one {@link #begin}, any number of
 * {@link #part}, and one {@link #end}. Headers are checked by the decoder as far as a header alone can be wrong; all
 * methods may throw {@link WebSocketException}, after which nothing more is delivered.
 */
interface FrameSink {
    /** A frame of which all bytes are at hand. */
    void whole(int head, MaskedPayload payload);

    /** A frame begins whose payload will have a length of at least one byte, masked with a key. */
    void begin(int head, long length, int key);

    /** The next bytes of the frame that has begun, at least one. */
    void part(MaskedPayload payload);

    /** The frame that had begun is complete. */
    void end();

    /** Whether another frame is wanted: no more after a close frame, nor after a failure. */
    boolean wantsMore();
}
