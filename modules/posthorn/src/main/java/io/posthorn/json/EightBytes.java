package io.posthorn.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes, eight at a time. In a long whose first byte is its lowest, {@code x - 1} has a byte's highest bit set where
 * {@code x} has the byte 0, which {@code x} has where it was compared with {@code ^} to a byte that it has; above such a
 * byte it may be set for no reason, because of the borrow, so that only the lowest one counts.
 */
final class EightBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = 0x2020_2020_2020_2020L;
    private static final long QUOTES = 0x2222_2222_2222_2222L;
    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;

    private EightBytes() {}

    /** The index of the first byte that is not ASCII or cannot stand in a string of JSON as it is, or the end. */
    static int plainEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            long found = (escapable(eight) | eight) & HIGH_BITS;
            if (found != 0) {
                return at + first(found);
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= ' ' && !isQuoteOrBackslash(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The index of the first byte that cannot stand in a string of JSON as it is, or the end. */
    static int unescapedEnd(byte[] utf8, int from) {
        int at = from;
        while (at <= utf8.length - Long.BYTES) {
            long eight = (long) LONGS.get(utf8, at);
            long found = escapable(eight) & ~eight & HIGH_BITS;
            if (found != 0) {
                return at + first(found);
            }
            at += Long.BYTES;
        }
        while (at < utf8.length && (utf8[at] < 0 || (utf8[at] >= ' ' && !isQuoteOrBackslash(utf8[at])))) {
            at++;
        }
        return at;
    }

    /** The index of the first byte that is a character of ASCII, or the end. */
    static int find(char ascii, byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            long different = (long) LONGS.get(bytes, at) ^ ascii * ONES;
            long found = (different - ONES) & ~different & HIGH_BITS;
            if (found != 0) {
                return at + first(found);
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] != ascii) {
            at++;
        }
        return at;
    }

    /** The index of the first byte that is not ASCII, or the end. */
    static int asciiEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            long found = (long) LONGS.get(bytes, at) & HIGH_BITS;
            if (found != 0) {
                return at + first(found);
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** RFC 8259 7: below the space, a quotation mark, or a backslash. */
    private static long escapable(long eight) {
        return (eight - SPACES) | ((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES);
    }

    private static boolean isQuoteOrBackslash(byte b) {
        return b == '"' || b == '\\';
    }

    private static int first(long found) {
        return Long.numberOfTrailingZeros(found) / Byte.SIZE;
    }
}
