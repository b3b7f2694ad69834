package io.posthorn.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the mask off (RFC 6455 5.3): byte {@code i} of the payload XOR byte {@code i mod 4} of the key. The bytes are
 * copied first, which the JVM does faster than any loop, and unmasked where they then stand, eight at a time. On the way
 * it learns whether all of them are ASCII, which costs nothing beside the memory traffic.
 */
final class Masking {
    // In the machine's own order, big endian or little, which saves turning each long around.
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Masking() {}

    /**
     * Unmasks bytes of a buffer, from an index on, into an array.
     *
     * @param key the masking key, rotated so that its first byte belongs to the first byte here
     * @return whether all of the bytes are ASCII
     */
    static boolean unmask(ByteBuffer source, int from, byte[] target, int to, int length, int key) {
        source.get(from, target, to, length);
        long nativeKey = (BIG_ENDIAN ? key : Integer.reverseBytes(key)) & 0xFFFF_FFFFL;
        long wideKey = (nativeKey << 32) | nativeKey;
        long seen = 0;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            long plain = (long) LONGS.get(target, to + i) ^ wideKey;
            LONGS.set(target, to + i, plain);
            seen |= plain;
        }
        for (; i < length; i++) {
            int plain = target[to + i] ^ (key >>> (24 - 8 * (i & 3)));
            target[to + i] = (byte) plain;
            seen |= plain & 0xFF;
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** The key as it applies after some bytes of the payload. */
    static int rotate(int key, int bytes) {
        return Integer.rotateLeft(key, (bytes & 3) << 3);
    }
}
