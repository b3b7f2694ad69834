package io.posthorn.json;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class JsonObjectWriterTest {
    @Test
    void fieldsStandInTheOrderInWhichTheyWereAdded() {
        JsonObjectWriter writer = new JsonObjectWriter()
                .string("id", "a-7")
                .object("gap")
                .string("after", "a-2")
                .string("before", "a-7")
                .end()
                .raw("data", " {\"a\": [1]}".getBytes(UTF_8))
                .string("event", "");
        assertThat(json(writer))
                .isEqualTo("{\"id\":\"a-7\",\"gap\":{\"after\":\"a-2\",\"before\":\"a-7\"},"
                        + "\"data\": {\"a\": [1]},\"event\":\"\"}");
    }

    @Test
    void anObjectMayBeEmpty() {
        assertThat(json(new JsonObjectWriter())).isEqualTo("{}");
        assertThat(json(new JsonObjectWriter().object("a").object("b").end().end()))
                .isEqualTo("{\"a\":{\"b\":{}}}");
    }

    @Test
    void aStringThatEndsWithABraceIsFollowedByAComma() {
        assertThat(json(new JsonObjectWriter().string("a", "{").string("b", "{")))
                .isEqualTo("{\"a\":\"{\",\"b\":\"{\"}");
    }

    @Test
    void onlyWhatMustBeIsEscaped() {
        assertThat(json(new JsonObjectWriter().string("\"\\", "\b\t\n\f\r\0\u001f\u007f/</\u2028\u2029'")))
                .isEqualTo("{\"\\\"\\\\\":\"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f/</\u2028\u2029'\"}");
    }

    @Test
    void aLoneSurrogateIsEscapedAndAPairIsNot() {
        assertThat(json(new JsonObjectWriter().string("k", "\ud83d\ude00\ud83dx\ude00\ud83d")))
                .isEqualTo("{\"k\":\"\ud83d\ude00\\ud83dx\\ude00\\ud83d\"}");
    }

    @Test
    void everyCharacterComesBack() {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x11000 ? 1 : 0x3FF) {
            // Whatever stands before it, a surrogate stays alone.
            text.append('.').appendCodePoint(c);
        }
        byte[] json = new JsonObjectWriter().string("all", text.toString()).bytes();
        assertThat(Json.read(json, Object.class)).isEqualTo(Map.of("all", text.toString()));
    }

    @Test
    void itGrowsWithWhatItIsGiven() {
        String text = "\u20ac\n".repeat(100_000);
        byte[] json = new JsonObjectWriter()
                .raw("raw", Json.write(text))
                .string("text", text)
                .bytes();
        assertThat(Json.read(json, Object.class)).isEqualTo(Map.of("raw", text, "text", text));
    }

    @Test
    void whatIsNotOpenCannotBeEnded() {
        assertThatIllegalStateException().isThrownBy(() -> new JsonObjectWriter().end());
        assertThatIllegalStateException()
                .isThrownBy(() -> new JsonObjectWriter().object("a").bytes());
        JsonObjectWriter ended = new JsonObjectWriter();
        assertThat(json(ended)).isEqualTo("{}");
        assertThatIllegalStateException().isThrownBy(ended::bytes);
        assertThatIllegalStateException().isThrownBy(() -> ended.string("a", "b"));
    }

    private static String json(JsonObjectWriter writer) {
        byte[] json = writer.bytes();
        assertThat(Json.isValid(json)).isTrue();
        return new String(json, UTF_8);
    }
}
