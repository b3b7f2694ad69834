package io.posthorn.playground.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Gathers one piece: the beginning of its bytes, and how many there were. For one thread at a time. */
final class PieceBuffer {
    private final Consumer<Piece> onPiece;
    private byte[] beginning = new byte[128];
    private long size;

    /** Gathers pieces for somebody. */
    PieceBuffer(Consumer<Piece> onPiece) {
        this.onPiece = onPiece;
    }

    long size() {
        return size;
    }

    /** Takes the next byte, and says which it was. */
    int take(ByteBuffer from) {
        byte next = from.get();
        if (size < Piece.SHOWN) {
            reserve((int) size + 1);
            beginning[(int) size] = next;
        }
        size++;
        return next & 0xFF;
    }

    /** Takes that many bytes, or as many as there are, and says how many those were. */
    int take(ByteBuffer from, long most) {
        int taken = (int) Math.min(most, from.remaining());
        int shown = (int) Math.max(0, Math.min(taken, Piece.SHOWN - size));
        if (shown > 0) {
            reserve((int) size + shown);
            from.get(from.position(), beginning, (int) size, shown);
        }
        from.position(from.position() + taken);
        size += taken;
        return taken;
    }

    /** Gives away what was gathered, and begins anew. */
    void finish() {
        int shown = (int) Math.min(size, Piece.SHOWN);
        Piece piece = new Piece(size, Arrays.copyOf(beginning, shown));
        size = 0;
        onPiece.accept(piece);
    }

    private void reserve(int length) {
        if (length > beginning.length) {
            beginning = Arrays.copyOf(beginning, Math.min(Piece.SHOWN, Math.max(length, beginning.length * 2)));
        }
    }
}
