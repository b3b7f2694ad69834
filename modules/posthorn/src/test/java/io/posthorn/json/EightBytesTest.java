package io.posthorn.json;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.function.IntPredicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands where, eight bytes at a time find what one at a time would. */
class EightBytesTest {
    private static final int LENGTH = 20;

    @Test
    void theFirstByteIsFoundWherever() {
        for (byte rest : new byte[] {'a', '!', '#', '[', ']', 0x7F}) {
            byte[] bytes = new byte[LENGTH];
            for (int at = 0; at < LENGTH; at++) {
                for (int found = Byte.MIN_VALUE; found <= Byte.MAX_VALUE; found++) {
                    Arrays.fill(bytes, rest);
                    bytes[at] = (byte) found;
                    bytes[(at + 3) % LENGTH] = '"'; // before it or behind, for the borrow
                    assertFound(bytes);
                }
            }
        }
    }

    private static void assertFound(byte[] bytes) {
        IntPredicate escaped = b -> b == '"' || b == '\\' || (b >= 0 && b < ' ');
        for (int from : new int[] {0, 1, 9}) {
            assertThat(EightBytes.plainEnd(bytes, from, LENGTH))
                    .isEqualTo(first(bytes, from, b -> b < 0 || escaped.test(b)));
            assertThat(EightBytes.unescapedEnd(bytes, from)).isEqualTo(first(bytes, from, escaped));
            assertThat(EightBytes.asciiEnd(bytes, from, LENGTH)).isEqualTo(first(bytes, from, b -> b < 0));
            assertThat(EightBytes.find('\\', bytes, from, LENGTH)).isEqualTo(first(bytes, from, b -> b == '\\'));
        }
    }

    private static int first(byte[] bytes, int from, IntPredicate wanted) {
        int at = from;
        while (at < bytes.length && !wanted.test(bytes[at])) {
            at++;
        }
        return at;
    }
}
