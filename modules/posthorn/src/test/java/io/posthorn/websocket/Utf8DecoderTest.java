package io.posthorn.websocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8DecoderTest {
    @Test
    void everyCharacterOfUnicodeIsDecodedWhereverItStands() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                String character = Character.toString(codePoint);
                assertDecoded(character + "\u4e2d\u6587" + character + "a" + character);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "ASCII only, and more of it than one long",
                "中",
                "中文",
                "中文字",
                "ป",
                "한국",
                "é",
                "😀",
                "a中é😀한z"
            })
    void aTextIsDecoded(String text) {
        assertDecoded(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation byte without a lead
                "c3", // cut after one byte of two
                "c1bf", // overlong
                "e09fbf", // overlong
                "eda080", // a surrogate
                "e4b8", // cut after two bytes of three
                "e4b8ad e6967f", // the last byte continues nothing
                "f08fbfbf", // overlong
                "f4908080", // above U+10FFFF
                "f09f98", // cut after three bytes of four
                "f8888080", // a lead that never was
                "ff",
            })
    void bytesThatAreNotUtf8AreMalformedWhereverTheyStand(String malformed) {
        for (String before : new String[] {"", "61", "e4b8ade69687", "e4b8ade69687e5ad97"}) {
            for (String after : new String[] {"", "61", "6161616161616161", "e4b8ade69687"}) {
                byte[] bytes = Frames.hex(before + malformed + after);
                assertThat(Utf8Decoder.decode(bytes, bytes.length, new char[bytes.length]))
                        .as("%s %s %s", before, malformed, after)
                        .isEqualTo(Utf8Decoder.MALFORMED);
            }
        }
    }

    @Test
    void bytesBehindTheLengthAreNotLookedAt() {
        byte[] bytes = "中x".getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8Decoder.decode(bytes, 3, new char[3])).isEqualTo(1);
        assertThat(Utf8Decoder.decode(bytes, 2, new char[2])).isEqualTo(Utf8Decoder.MALFORMED);
    }

    private static void assertDecoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        char[] characters = new char[bytes.length];
        int count = Utf8Decoder.decode(bytes, bytes.length, characters);
        String decoded = count < 0 ? "malformed" : new String(characters, 0, count);
        if (!decoded.equals(text)) {
            assertThat(decoded).isEqualTo(text);
        }
    }
}
