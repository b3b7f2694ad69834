package io.posthorn.playground.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a chunked body (RFC 9112 7.1) into its chunks, each with the line of its size and the end of its line. The last is
 * the one of no size, with what follows it.
 */
final class ChunkSplitter implements PieceSplitter {
    private static final long MOST = Long.MAX_VALUE >> 8;

    private final PieceBuffer piece;
    private State state = State.SIZE;
    private long length;
    private int lineLength;

    private enum State {
        /** The size, in hexadecimal. */
        SIZE,
        /** What may stand behind the size, and its LF. */
        EXTENSION,
        /** The data, and its CRLF. */
        DATA,
        /** Fields behind the last chunk, up to an empty line. */
        TRAILER
    }

    ChunkSplitter(Consumer<Piece> onPiece) {
        this.piece = new PieceBuffer(onPiece);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (state) {
                case SIZE -> size(bytes);
                case EXTENSION -> extension(bytes);
                case DATA -> data(bytes);
                case TRAILER -> trailer(bytes);
            }
        }
    }

    @Override
    public void onEnd() {
        if (piece.size() > 0) {
            piece.finish();
        }
    }

    private void size(ByteBuffer bytes) {
        int next = piece.take(bytes);
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            length = Math.min(MOST, length) * 16 + digit;
        } else {
            state = State.EXTENSION;
            endOfSize(next);
        }
    }

    private void extension(ByteBuffer bytes) {
        endOfSize(piece.take(bytes));
    }

    private void endOfSize(int next) {
        if (next != '\n') {
            return;
        }
        if (length > 0) {
            state = State.DATA;
            length += 2; // CRLF
        } else {
            state = State.TRAILER;
        }
    }

    private void data(ByteBuffer bytes) {
        length -= piece.take(bytes, length);
        if (length == 0) {
            finish();
        }
    }

    private void trailer(ByteBuffer bytes) {
        int next = piece.take(bytes);
        if (next == '\n') {
            if (lineLength == 0) {
                finish();
            }
            lineLength = 0;
        } else if (next != '\r') {
            lineLength++;
        }
    }

    private void finish() {
        state = State.SIZE;
        length = 0;
        piece.finish();
    }
}
