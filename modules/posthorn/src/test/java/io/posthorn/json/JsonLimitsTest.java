package io.posthorn.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is one value of JSON and what is not: {@link Json#isValid} and {@link Json#read} always agree. */
class JsonLimitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                " true\r\n\t",
                "\"\"",
                "-0",
                "0.1e+5",
                "1e999",
                "[]",
                "{}",
                "[1,{\"a\":[]}]",
                "\"\\ud800\"",
                "\"\u2028<\u007f\"",
                "{\"\":0}"
            })
    void oneValueIsValid(String json) {
        assertAccepted(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 2",
                "{}{}",
                "[] x",
                "nul",
                "nullx",
                "True",
                "NaN",
                "Infinity",
                "-Infinity",
                "-",
                "+1",
                "01",
                "1.",
                ".5",
                "1e",
                "0x10",
                "12a",
                "[1,]",
                "[,1]",
                "[1",
                "[1}",
                "]",
                "{\"a\":1,}",
                "{\"a\"}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "\"a",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12\"",
                "{\"\\udc00\":1}",
                "// a\n1",
                "/* a */1",
                "# a\n1",
                "\u001e1",
                "\u00a01",
                "1\u0000"
            })
    void anythingElseIsNot(String json) {
        assertRefused(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a continuation without a lead
                "c0 af", // overlong
                "e0 80 af",
                "f0 80 80 af",
                "ed a0 80", // a surrogate
                "f4 90 80 80", // above U+10FFFF
                "ff",
                "e2 82", // cut off
            })
    void bytesThatAreNotUtf8AreRefusedInStringsAndKeys(String hex) {
        byte[] malformed = HexFormat.ofDelimiter(" ").parseHex(hex);
        assertRefused(join("\"abcdefghij", malformed, "\""));
        assertRefused(join("{\"k", malformed, "\":1}"));
        assertRefused(join("[", malformed, "]"));
        assertRefused(join("\"" + "\u20ac".repeat(2_000), malformed, "\""));
    }

    @Test
    void aByteOrderMarkAndOtherEncodingsAreRefused() {
        assertRefused("\ufeff{}".getBytes(UTF_8));
        for (Charset other : List.of(
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_16,
                Charset.forName("UTF-32LE"),
                Charset.forName("UTF-32BE"))) {
            assertRefused("{}".getBytes(other));
            assertRefused("1".getBytes(other));
        }
    }

    @Test
    void arraysAndObjectsNestAtMostAHundredDeep() {
        assertAccepted("[".repeat(100) + "]".repeat(100));
        assertRefused(("[".repeat(101) + "]".repeat(101)).getBytes(UTF_8));
        assertAccepted("{\"a\":".repeat(100) + "1" + "}".repeat(100));
        assertRefused(("{\"a\":".repeat(101) + "1" + "}".repeat(101)).getBytes(UTF_8));
        assertRefused("[".repeat(1_000_000).getBytes(UTF_8));
        assertRefused("{\"a\":[".repeat(500_000).getBytes(UTF_8));
    }

    @Test
    void whatIsWrittenNestsAtMostAHundredDeep() {
        Object nested = 1;
        for (int i = 0; i < 100; i++) {
            nested = List.of(nested);
        }
        Object deepest = nested;
        assertThat(Json.isValid(Json.write(deepest))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(List.of(deepest)));
    }

    @Test
    void aNumberHasAtMostAThousandDigits() {
        assertAccepted("9".repeat(1_000));
        assertAccepted("0." + "9".repeat(999));
        assertRefused("9".repeat(1_001).getBytes(UTF_8));
        assertRefused(("[-" + "9".repeat(1_001) + "]").getBytes(UTF_8));
        assertRefused(("0." + "9".repeat(1_001)).getBytes(UTF_8));
        assertRefused(("{\"a\":1e" + "9".repeat(1_001) + "}").getBytes(UTF_8));
    }

    @Test
    void aKeyHasAtMostAThousandBytes() {
        assertAccepted("{\"" + "k".repeat(1_000) + "\":1}");
        assertRefused(("{\"" + "k".repeat(1_001) + "\":1}").getBytes(UTF_8));
        assertRefused(("{\"" + "\u20ac".repeat(334) + "\":1}").getBytes(UTF_8));
        assertRefused(("{\"" + "\\u20ac".repeat(334) + "\":1}").getBytes(UTF_8));
        assertAccepted("\"" + "s".repeat(1_000_000) + "\"");
    }

    private static void assertAccepted(String json) {
        assertThat(Json.isValid(json.getBytes(UTF_8))).as(json).isTrue();
        Object read = Json.read(json.getBytes(UTF_8), Object.class);
        assertThat(Json.isValid(Json.write(read))).isTrue();
    }

    private static void assertRefused(byte[] json) {
        assertThat(Json.isValid(json)).as(() -> new String(json, UTF_8)).isFalse();
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.read(json, Object.class));
    }

    private static byte[] join(String before, byte[] middle, String after) {
        byte[] begin = before.getBytes(UTF_8);
        byte[] end = after.getBytes(UTF_8);
        byte[] all = new byte[begin.length + middle.length + end.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(middle, 0, all, begin.length, middle.length);
        System.arraycopy(end, 0, all, begin.length + middle.length, end.length);
        return all;
    }
}
