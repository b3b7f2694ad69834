package io.posthorn.websocket;

import java.nio.ByteBuffer;

/**
 * Payload bytes where they stand in the receive buffer, still masked. The decoder points it at each piece of a read in
 * turn, so it is good only during the call that hands it over.
 */
final class MaskedPayload {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer bytes = NOTHING;
    private int position;
    private int length;
    private int key;

    void point(ByteBuffer source, int from, int size, int maskingKey) {
        bytes = source;
        position = from;
        length = size;
        key = maskingKey;
    }

    int length() {
        return length;
    }

    int key() {
        return key;
    }

    /** Unmasks all of it into an array; whether it is all ASCII. */
    boolean copyTo(byte[] target, int to) {
        return Masking.unmask(bytes, position, target, to, length, key);
    }

    /** Unmasks a part of it into the beginning of an array. */
    void copyTo(byte[] target, int from, int size) {
        Masking.unmask(bytes, position + from, target, 0, size, Masking.rotate(key, from));
    }

    /** Copies bytes from the beginning as they stand on the wire. */
    void copyMaskedTo(byte[] target, int to, int size) {
        bytes.get(position, target, to, size);
    }
}
