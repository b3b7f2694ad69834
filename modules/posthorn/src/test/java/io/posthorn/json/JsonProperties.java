package io.posthorn.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What is true of any bytes and any text, for those who make them up. */
final class JsonProperties {
    record Sample(
            int number,
            @Nullable String text,
            Optional<Instant> at,
            @Nullable List<Sample> more) {}

    private JsonProperties() {}

    /** Reading and checking agree; what is read can be written, and then says the same; nothing else is ever thrown. */
    static void hold(byte[] bytes) {
        boolean valid = Json.isValid(bytes);
        assertThat(isRead(bytes, Object.class)).isEqualTo(valid);
        for (Class<?> type : List.of(Sample.class, Map.class, List.class, String.class, long.class, BigDecimal.class)) {
            assertThat(valid || !isRead(bytes, type)).isTrue();
        }
        if (valid) {
            assertThat(isUtf8(bytes)).isTrue();
            byte[] once = Json.write(Json.read(bytes, Object.class));
            assertThat(Json.isValid(once)).isTrue();
            assertThat(Json.write(Json.read(once, Object.class))).isEqualTo(once);
        }
    }

    /** Both ways of writing give UTF-8, and the text comes back, whatever its surrogates. */
    static void holdForText(String text) {
        byte[] value = Json.write(text);
        byte[] object = new JsonObjectWriter().string("a", text).raw("b", value).bytes();
        assertThat(isUtf8(value) && isUtf8(object)).isTrue();
        assertThat(Json.read(value, String.class)).isEqualTo(text);
        assertThat(Json.read(object, Object.class)).isEqualTo(Map.of("a", text, "b", text));
    }

    private static boolean isRead(byte[] bytes, Class<?> type) {
        try {
            Json.read(bytes, type);
            return true;
        } catch (JsonException refused) {
            return false;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
