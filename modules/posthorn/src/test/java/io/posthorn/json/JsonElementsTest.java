package io.posthorn.json;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonElementsTest {
    record Price(String symbol, double amount) {}

    @Test
    void eachElementIsReadAsItsType() {
        JsonElements elements = JsonElements.ofArray(
                "42[\"a\\n\",{\"symbol\":\"X\",\"amount\":1.5},[1,2],12,-7,null,false]".getBytes(UTF_8), 2);

        assertThat(elements.size()).isEqualTo(7);
        assertThat(elements.text(0)).isEqualTo("a\n");
        assertThat(elements.read(1, Price.class)).isEqualTo(new Price("X", 1.5));
        assertThat(elements.read(2, new TypeRef<List<Long>>() {})).containsExactly(1L, 2L);
        assertThat(elements.read(3, long.class)).isEqualTo(12);
        assertThat(elements.read(4, Integer.class)).isEqualTo(-7);
        assertThat(elements.read(4, double.class)).isEqualTo(-7);
        assertThat(elements.isNull(5)).isTrue();
        assertThat(elements.read(5, String.class)).isNull();
        assertThat(elements.read(6, boolean.class)).isFalse();
        assertThat(IntStream.range(0, 7).mapToObj(elements::kind))
                .containsExactly(
                        JsonElements.Kind.STRING,
                        JsonElements.Kind.OBJECT,
                        JsonElements.Kind.ARRAY,
                        JsonElements.Kind.NUMBER,
                        JsonElements.Kind.NUMBER,
                        JsonElements.Kind.NULL,
                        JsonElements.Kind.BOOLEAN);
    }

    @Test
    void anElementOfAnotherTypeIsRefused() {
        JsonElements elements = array("[\"1\",1,1.5,null,true,2147483648,9223372036854775808]");

        refused(() -> elements.read(0, int.class));
        refused(() -> elements.read(1, String.class));
        refused(() -> elements.text(1));
        refused(() -> elements.read(2, long.class));
        refused(() -> elements.read(3, int.class));
        refused(() -> elements.text(3));
        refused(() -> elements.read(4, String.class));
        refused(() -> elements.read(5, int.class));
        refused(() -> elements.read(6, long.class));
    }

    @Test
    void anElementThatIsNotThereIsNullAndNothingElse() {
        JsonElements elements = array("[1]");

        assertThat(elements.isNull(1)).isTrue();
        refused(() -> elements.read(1, Object.class));
        refused(() -> elements.text(7));
        refused(() -> elements.json(-1));
        refused(() -> elements.binary(1));
        assertThat(JsonElements.NONE.size()).isZero();
        assertThat(JsonElements.NONE.isNull(0)).isTrue();
    }

    @Test
    void anythingIsAValueByItself() {
        for (String json : List.of("{}", " [1] ", "\"x\"", "1", "null", "true\n")) {
            JsonElements value = JsonElements.ofValue(json.getBytes(UTF_8), 0);
            assertThat(value.size()).isOne();
            assertThat(value.json(0)).isEqualTo(json.strip());
        }
    }

    @Test
    void whatOnlyTheParserKnowsIsReadToo() {
        String name = "k".repeat(600);
        String json = "[ {\"\\u006b\\ud83d\\ude00\":[\"]}\\\"\"]} , {\"" + name + "\" : 1},\"a\\\\\", -0.5e+3 ,[ ]  ] ";

        JsonElements elements = array(json);

        assertThat(elements.size()).isEqualTo(5);
        assertThat(elements.read(0, Object.class)).isEqualTo(Map.of("k\ud83d\ude00", List.of("]}\"")));
        assertThat(elements.read(1, Object.class)).isEqualTo(Map.of(name, 1));
        assertThat(elements.text(2)).isEqualTo("a\\");
        assertThat(elements.json(3)).isEqualTo("-0.5e+3");
        assertThat(elements.json(4)).isEqualTo("[ ]");
    }

    @Test
    void aPlainStringIsToldFromOthers() {
        JsonElements elements = array("[\"ab\",\"a\\\\\",\"\u00e9\",\"\",1]");

        assertThat(elements.isPlain(0, "ab")).isTrue();
        assertThat(elements.isPlain(0, "ac")).isFalse();
        assertThat(elements.isPlain(0, "abc")).isFalse();
        assertThat(elements.isPlain(1, "a\\\\")).isFalse();
        assertThat(elements.isPlain(2, "\u00c3\u00a9")).isFalse();
        assertThat(elements.isPlain(3, "")).isTrue();
        assertThat(elements.isPlain(4, "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"\u00e9\u20ac\ud83d\ude00\uffff\"]",
                "[\"\\ud800\",\"\\u12aB\\b\\f\\n\\r\\t\\/\\\\\\\"\"]",
                "[\"\\u12g4\"]",
                "[\"\\u123",
                "[\"\\ud800\",{\"\\ud800\":1}]",
                "[0,-0,10,1e5,1E-5,1e+5,0.0,1e999,1e99999999999,-12345678901234567890.5]",
                "[9223372036854775807,-9223372036854775808,2147483647,-2147483648,123456789,999999999999999999]",
                "[01]",
                "[-]",
                "[1.]",
                "[.1]",
                "[1e]",
                "[1e+]",
                "[+1]",
                "[0x1]",
                "[1 2]",
                "[--1]",
                "[true,false,null]",
                "[nul]",
                "[True]",
                "[truefalse]",
                "[true1]",
                "[[],{},[[]],{\"a\":{}}]",
                "[,]",
                "[1,]",
                "[",
                "]",
                "",
                " ",
                "[}",
                "{]",
                "[[]",
                "[]]",
                "[] []",
                "{\"a\":1,}",
                "{\"a\"}",
                "{a:1}",
                "{\"a\":}",
                "{1:1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,\"a\":2}",
                "\ufeff[]",
                "[\"\u0001\"]",
                "[\"\u007f\"]",
                "[\"\\\u0001\"]",
                "\0[]",
                "[]\0",
                "[//\n1]",
                "[\"a\n\"]",
                "\f[]"
            })
    void theScannerAndTheParserAgree(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        for (int length = 0; length <= bytes.length; length++) {
            JsonElementsProperties.hold(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void theScannerAndTheParserAgreeAtTheLimits() {
        for (int depth : new int[] {98, 99, 100, 101, 5_000}) {
            JsonElementsProperties.hold(("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8));
            JsonElementsProperties.hold(("{\"a\":".repeat(depth) + 1 + "}".repeat(depth)).getBytes(UTF_8));
        }
        for (int length : new int[] {200, 240, 249, 250, 251, 900, 997, 1_000, 1_001, 1_100, 70_000}) {
            JsonElementsProperties.hold(("[" + "7".repeat(length) + "]").getBytes(UTF_8));
            JsonElementsProperties.hold(("[-" + "7".repeat(length) + "." + "7".repeat(length) + "e1]").getBytes(UTF_8));
            JsonElementsProperties.hold(("{\"" + "k".repeat(length) + "\":1}").getBytes(UTF_8));
            JsonElementsProperties.hold(("{\"" + "\u20ac".repeat(length / 3) + "\":1}").getBytes(UTF_8));
            JsonElementsProperties.hold(("[\"" + "s".repeat(length) + "\"]").getBytes(UTF_8));
        }
    }

    @Test
    void allOfUtf8AndNothingElseIsText() {
        for (int lead = 0x80; lead < 0x100; lead++) {
            for (int second = 0x70; second < 0xD0; second++) {
                JsonElementsProperties.hold(
                        new byte[] {'"', (byte) lead, (byte) second, (byte) 0x80, (byte) 0xBF, '"'});
                JsonElementsProperties.hold(new byte[] {'"', (byte) lead, (byte) second, (byte) 0xBF, '"'});
                JsonElementsProperties.hold(new byte[] {'"', (byte) lead, (byte) second, '"'});
            }
        }
    }

    private static JsonElements array(String json) {
        return JsonElements.ofArray(json.getBytes(UTF_8), 0);
    }

    private static void refused(ThrowingCallable reading) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(reading);
    }
}
