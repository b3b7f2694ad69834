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
            if (i < to && bytes[i] < 0 && !acceptLead(bytes[i++] & 0xFF)) {
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

    private static int skipAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - Long.BYTES && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** Most of Chinese, Japanese and Korean, whose lead bytes need no bounds of their own. */
    private static int skipThreeByteCharacters(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - 3) {
            int lead = bytes[i] & 0xFF;
            boolean plain = lead > 0xE0 && lead < 0xF0 && lead != 0xED;
            if (!plain || (bytes[i + 1] & 0xC0) != 0x80 || (bytes[i + 2] & 0xC0) != 0x80) {
                break;
            }
            i += 3;
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
