package io.posthorn.playground.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts one direction of a WebSocket into its frames (RFC 6455 5.2). It only looks for where they end; what a frame may not
 * be is the business of whoever receives it.
 *
 * <pre>
 *  1 byte        1 byte          0, 2 or 8 bytes   0 or 4 bytes
 * +-------------+------+--------+-----------------+-------------+---------
 * | FIN, opcode | MASK | length | longer length   | masking key | payload
 * +-------------+------+--------+-----------------+-------------+---------
 * </pre>
 */
public final class FrameSplitter implements PieceSplitter {
    private static final int MASK = 0x80;
    private static final int KEY_LENGTH = 4;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final PieceBuffer frame;
    private State state = State.OPCODE;
    private int lengthBytes;
    private boolean masked;
    private long left;

    private enum State {
        /** The first byte. */
        OPCODE,
        /** The mask bit and the short length. */
        LENGTH,
        /** What is left of the longer length. */
        LONGER_LENGTH,
        /** What is left of the key and the payload. */
        REST
    }

    /** Gives each frame to somebody, with its header. */
    public FrameSplitter(Consumer<Piece> onFrame) {
        this.frame = new PieceBuffer(onFrame);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (state) {
                case OPCODE -> {
                    frame.take(bytes);
                    state = State.LENGTH;
                }
                case LENGTH -> length(frame.take(bytes));
                case LONGER_LENGTH -> longerLength(frame.take(bytes));
                case REST -> {
                    left -= frame.take(bytes, left);
                    finishWhole();
                }
            }
        }
    }

    @Override
    public void onEnd() {
        if (frame.size() > 0) {
            frame.finish();
        }
    }

    private void length(int next) {
        masked = (next & MASK) != 0;
        int length = next & ~MASK;
        if (length < TWO_BYTES) {
            rest(length);
            return;
        }
        lengthBytes = length == EIGHT_BYTES ? Long.BYTES : Short.BYTES;
        left = 0;
        state = State.LONGER_LENGTH;
    }

    private void longerLength(int next) {
        left = left << 8 | next;
        lengthBytes--;
        if (lengthBytes == 0) {
            rest(left);
        }
    }

    private void rest(long length) {
        // RFC 6455 5.2: the most significant bit of a length is 0; such a frame has no end that anyone will see.
        long payload = length < 0 ? Long.MAX_VALUE - KEY_LENGTH : length;
        left = payload + (masked ? KEY_LENGTH : 0);
        state = State.REST;
        finishWhole();
    }

    private void finishWhole() {
        if (left == 0) {
            state = State.OPCODE;
            frame.finish();
        }
    }
}
