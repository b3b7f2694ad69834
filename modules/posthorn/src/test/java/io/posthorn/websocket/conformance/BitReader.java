package io.posthorn.websocket.conformance;

import static io.posthorn.websocket.conformance.ServerFrameReader.check;

/** The bits of a DEFLATE stream, each byte's least significant one first (RFC 1951 3.1.1). */
final class BitReader {
    private final byte[] bytes;
    private int position;
    private long bits;
    private int available;

    BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The next {@code count} bits, up to 15; zeros stand for those after the end. */
    int peek(int count) {
        while (available < count && position < bytes.length) {
            bits |= (bytes[position++] & 0xFFL) << available;
            available += 8;
        }
        return (int) (bits & (1L << count) - 1);
    }

    void skip(int count) {
        check(count <= available, "the compressed data ends inside a block (RFC 7692 7.2.1)");
        bits >>>= count;
        available -= count;
    }

    int read(int count) {
        int value = peek(count);
        skip(count);
        return value;
    }

    void skipToByte() {
        skip(available & 7);
    }

    /** Whether every bit has been read. */
    boolean isAtEnd() {
        return available == 0 && position == bytes.length;
    }

    /** Copies {@code length} whole bytes; the reader stands at a byte's beginning. */
    void copy(byte[] target, int at, int length) {
        for (int i = 0; i < length; i++) {
            target[at + i] = (byte) read(8);
        }
    }
}
