package io.posthorn.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Makes characters of a whole text in UTF-8, and checks it in the same pass by the rules of {@link Utf8Validator}. It
 * writes into memory that it is given: {@code new String(bytes, UTF_8)} would accept everything, and on JDK 17 makes
 * three arrays beside the text's own.
 */
final class Utf8Decoder {
    /** What {@link #decode} says of bytes that are not UTF-8. */
    static final int MALFORMED = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Utf8Decoder() {}

    /**
     * Decodes the first bytes of an array.
     *
     * @param target as long as there are bytes
     * @return how many characters there are, or {@link #MALFORMED}
     */
    static int decode(byte[] bytes, int length, char[] target) {
        int at = 0;
        int count = 0;
        while (at < length) {
            int ascii = copyAscii(bytes, at, length, target, count);
            at += ascii;
            count += ascii;
            int threeByte = copyThreeByteCharacters(bytes, at, length, target, count);
            at += 3 * threeByte;
            count += threeByte;
            if (at < length) {
                int size = Utf8Validator.characterSize(bytes, at, length);
                if (size == 0) {
                    return MALFORMED;
                }
                count += Character.toChars(codePoint(bytes, at, size), target, count);
                at += size;
            }
        }
        return count;
    }

    private static int copyAscii(byte[] bytes, int from, int to, char[] target, int begin) {
        int i = 0;
        while (from + i < to && bytes[from + i] >= 0) {
            target[begin + i] = (char) bytes[from + i];
            i++;
        }
        return i;
    }

    /** Chinese, Japanese, Korean and more, two characters at a time. */
    private static int copyThreeByteCharacters(byte[] bytes, int from, int to, char[] target, int begin) {
        int count = 0;
        for (int i = from; i <= to - Long.BYTES; i += 6) {
            long two = (long) LONGS.get(bytes, i);
            if (!Utf8Validator.isTwoThreeByteCharacters(two)) {
                break;
            }
            target[begin + count] = threeByteCharacter((int) (two >>> 40));
            target[begin + count + 1] = threeByteCharacter((int) (two >>> 16));
            count += 2;
        }
        return count;
    }

    private static char threeByteCharacter(int bytes) {
        return (char) (((bytes >>> 4) & 0xF000) | ((bytes >>> 2) & 0x0FC0) | (bytes & 0x3F));
    }

    private static int codePoint(byte[] bytes, int at, int size) {
        // The lead's own bits, then six of each byte that follows.
        int codePoint = size == 1 ? bytes[at] : bytes[at] & (0x7F >>> size);
        for (int i = 1; i < size; i++) {
            codePoint = (codePoint << 6) | (bytes[at + i] & 0x3F);
        }
        return codePoint;
    }
}
