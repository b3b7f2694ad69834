package io.posthorn.websocket;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The validator against the JDK's decoder, which is right and slow. */
class Utf8ValidatorTest {
    @Test
    void everySequenceOfTwoBytesIsJudgedAsTheJdkDoes() {
        for (int pair = 0; pair < 0x10000; pair++) {
            assertSameVerdict(new byte[] {(byte) (pair >> 8), (byte) pair});
        }
    }

    @Test
    void everyLeadWithEveryBoundaryByteIsJudgedAsTheJdkDoes() {
        int[] edges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int lead = 0x80; lead < 0x100; lead++) {
            for (int second : edges) {
                for (int third : edges) {
                    assertSameVerdict(bytes(lead, second, third));
                    assertSameVerdict(bytes(lead, second, third, 'x'));
                    assertSameVerdict(bytes(lead, second, third, 0x80));
                    assertSameVerdict(bytes('x', lead, second, third, 0xBF));
                }
            }
        }
    }

    @Test
    void textWithOneByteChangedIsJudgedAsTheJdkDoes() {
        Random random = new Random(6455);
        byte[] text = "ASCII and ümläuts, 汉字 and 한글, 😀 and more ASCII at the end".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = text.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            assertSameVerdict(changed);
        }
    }

    /** Whole, and cut at each byte. */
    private static void assertSameVerdict(byte[] bytes) {
        boolean expected = isUtf8(bytes);
        for (int cut = 0; cut < bytes.length; cut++) {
            Utf8Validator validator = new Utf8Validator();
            boolean seen = validator.accept(bytes, 0, cut)
                    && validator.accept(bytes, cut, bytes.length)
                    && validator.isComplete();
            if (seen != expected) {
                assertThat(seen)
                        .as("%s cut at %d", java.util.HexFormat.of().formatHex(bytes), cut)
                        .isEqualTo(expected);
            }
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
