package io.posthorn.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are UTF-8 as they come, and fails at the first that cannot be (RFC 6455 8.1; RFC 3629 4).
 *
 * <pre>
 *   lead byte   continuation bytes          what the bounds of the first one keep out
 *   00..7F      none
 *   C2..DF      80..BF                      (C0 and C1 would be overlong)
 *   E0          A0..BF 80..BF               overlong forms
 *   E1..EC,     80..BF 80..BF
 *   EE..EF
 *   ED          80..9F 80..BF               surrogates
 *   F0          90..BF 80..BF 80..BF        overlong forms
 *   F1..F3      80..BF 80..BF 80..BF
 *   F4          80..8F 80..BF 80..BF        what lies above U+10FFFF
 * </pre>
 *
 * Between two calls it remembers how many continuation bytes are due and the bounds of the next.
 */
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int FIRST_CONTINUATION = 0x80;
    private static final int LAST_CONTINUATION = 0xBF;

    private int due;
    private int lowest;
    private int highest;

    /** Whether bytes are a whole text in UTF-8. */
    static boolean isUtf8(byte[] bytes) {
        Utf8Validator validator = new Utf8Validator();
        return validator.accept(bytes, 0, bytes.length) && validator.isComplete();
    }

    /** Whether the bytes may stand where they stand; after a no the validator is not to be asked again. */
    boolean accept(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (due > 0) {
                int next = bytes[i++] & 0xFF;
                if (next < lowest || next > highest) {
                    return false;
                }
                expect(due - 1, FIRST_CONTINUATION, LAST_CONTINUATION);
                continue;
            }
            i = skipAscii(bytes, i, to);
            i = skipThreeByteCharacters(bytes, i, to);
            i = skipOtherCharacters(bytes, i, to);
            if (i < to && bytes[i] < 0 && characterSize(bytes, i, to) == 0 && !acceptLead(bytes[i++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes so far end with a whole character. */
    boolean isComplete() {
        return due == 0;
    }

    /** Begins a new text. */
    void reset() {
        due = 0;
    }

    /** The size of the character that begins at an index, in bytes; 0 where it is malformed or not all there. */
    static int characterSize(byte[] bytes, int at, int to) {
        int lead = bytes[at];
        int left = to - at;
        if (lead >= 0) {
            return 1;
        }
        if (lead < (byte) 0xE0) {
            return lead >= (byte) 0xC2 && left >= 2 && isContinuation(bytes[at + 1]) ? 2 : 0;
        }
        if (lead < (byte) 0xF0) {
            return left >= 3 && isThreeByteCharacter(lead, bytes[at + 1], bytes[at + 2]) ? 3 : 0;
        }
        return left >= 4
                        && isContinuation(bytes[at + 2])
                        && isContinuation(bytes[at + 3])
                        && isFourByteBeginning(lead, bytes[at + 1])
                ? 4
                : 0;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private static boolean isThreeByteCharacter(int lead, byte second, byte third) {
        int upper = ((lead & 0x0F) << 6) | (second & 0x3F);
        return isContinuation(second) && isContinuation(third) && upper >= 0x20 && upper >>> 5 != 0x1B;
    }

    private static boolean isFourByteBeginning(int lead, byte second) {
        int upper = ((lead & 0x0F) << 6) | (second & 0x3F);
        return isContinuation(second) && upper >= 0x10 && upper <= 0x10F;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - 4 * Long.BYTES && isAscii(bytes, i)) {
            i += 4 * Long.BYTES;
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** Four longs at a time, which the processor does not have to wait for one by one. */
    private static boolean isAscii(byte[] bytes, int at) {
        long one = (long) LONGS.get(bytes, at) | (long) LONGS.get(bytes, at + 8);
        long two = (long) LONGS.get(bytes, at + 16) | (long) LONGS.get(bytes, at + 24);
        return ((one | two) & HIGH_BITS) == 0;
    }

    /** Chinese, Japanese, Korean and more, two characters at a time. */
    private static int skipThreeByteCharacters(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES && isTwoThreeByteCharacters((long) LONGS.get(bytes, i))) {
            i += 6;
        }
        return i;
    }

    /** Whether a long begins with two characters of three bytes: 1110xxxx 10xxxxxx 10xxxxxx, and that again. */
    static boolean isTwoThreeByteCharacters(long bytes) {
        // The upper five of a character's 16 bits are 00000 in overlong forms and 11011 in surrogates.
        long first = bytes & 0x0F20_0000_0000_0000L;
        long second = bytes & 0x0000_000F_2000_0000L;
        return (bytes & 0xF0C0_C0F0_C0C0_0000L) == 0xE080_80E0_8080_0000L
                && first != 0
                && first != 0x0D20_0000_0000_0000L
                && second != 0
                && second != 0x0000_000D_2000_0000L;
    }

    /** Any but ASCII, up to one of three bytes, since more of those are likely to follow. */
    private static int skipOtherCharacters(byte[] bytes, int from, int to) {
        int i = from;
        int size = 0;
        while (i < to && size != 3 && bytes[i] < 0) {
            size = characterSize(bytes, i, to);
            if (size == 0) {
                break;
            }
            i += size;
        }
        return i;
    }

    private boolean acceptLead(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return false;
        }
        if (lead < 0xE0) {
            expect(1, FIRST_CONTINUATION, LAST_CONTINUATION);
        } else if (lead < 0xF0) {
            expect(2, lead == 0xE0 ? 0xA0 : FIRST_CONTINUATION, lead == 0xED ? 0x9F : LAST_CONTINUATION);
        } else {
            expect(3, lead == 0xF0 ? 0x90 : FIRST_CONTINUATION, lead == 0xF4 ? 0x8F : LAST_CONTINUATION);
        }
        return true;
    }

    private void expect(int bytes, int from, int to) {
        due = bytes;
        lowest = from;
        highest = to;
    }
}
