package io.posthorn.json;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What is true of any bytes that are taken for elements: they are what {@link Json} takes them for. */
final class JsonElementsProperties {
    private static final List<Class<?>> TYPES = List.of(
            Object.class, String.class, int.class, Integer.class, long.class, Long.class, double.class, List.class);

    private static final byte[] BEFORE = "42[\"".getBytes(StandardCharsets.UTF_8);

    private JsonElementsProperties() {}

    static void hold(byte[] json) {
        boolean isValid = Json.isValid(json);
        byte[] later = new byte[BEFORE.length + json.length];
        System.arraycopy(BEFORE, 0, later, 0, BEFORE.length);
        System.arraycopy(json, 0, later, BEFORE.length, json.length);

        @Nullable JsonElements value = value(later, BEFORE.length);
        assertThat(value != null).isEqualTo(isValid);
        assertThat(value(json, 0) != null).isEqualTo(isValid);

        boolean isArray = value != null && value.kind(0) == JsonElements.Kind.ARRAY;
        @Nullable JsonElements array = array(later, BEFORE.length);
        assertThat(array != null).isEqualTo(isArray);
        if (value != null) {
            saysTheSame(value);
        }
        if (array != null) {
            saysTheSame(array);
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                elements.add(array.read(i, Object.class));
            }
            assertThat(elements).isEqualTo(Json.read(json, Object.class));
        }
    }

    private static void saysTheSame(JsonElements elements) {
        for (int i = 0; i < elements.size(); i++) {
            int index = i;
            byte[] alone = elements.json(i).getBytes(StandardCharsets.UTF_8);
            for (Class<?> type : TYPES) {
                assertThat(outcome(() -> elements.read(index, (Type) type)))
                        .isEqualTo(outcome(() -> Json.read(alone, (Type) type)));
            }
            assertThat(elements.isNull(i)).isEqualTo(Json.read(alone, Object.class) == null);
        }
    }

    private interface Reading {
        @Nullable
        Object read();
    }

    private static @Nullable Object outcome(Reading reading) {
        try {
            return reading.read();
        } catch (JsonException refused) {
            return JsonException.class;
        }
    }

    private static @Nullable JsonElements value(byte[] json, int from) {
        try {
            return JsonElements.ofValue(json, from);
        } catch (JsonException refused) {
            return null;
        }
    }

    private static @Nullable JsonElements array(byte[] json, int from) {
        try {
            return JsonElements.ofArray(json, from);
        } catch (JsonException refused) {
            return null;
        }
    }
}
