package io.posthorn.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;

import static tools.jackson.databind.cfg.CoercionAction.Fail;

/**
 * JSON to and from the application's types, and the check of JSON that is only passed on. All methods may be called from
 * any thread, and borrow the arrays that they are given.
 *
 * <p><b>Types.</b> Records, beans, maps, collections, arrays, enums, {@code Optional} and the types of {@code java.time},
 * which are strings in the forms of ISO 8601. Properties are written in the order of their declaration. NaN and the
 * infinities are written as {@code null} and a surrogate without its other half as a {@code u} escape, both as {@code
 * JSON.stringify} does, so that what is written is always JSON in UTF-8. What is read never chooses a class: {@code
 * "@class"} is a key like any other, and so is {@code "__proto__"}.
 *
 * <p><b>Reading is strict.</b> UTF-8 without a byte order mark, one value and nothing after it. A string is not taken for
 * a number or a boolean, nor the other way round, nor a fraction for an integer. Properties that a type does not have are
 * ignored; those that the JSON does not have are zero, {@code null} or an empty {@code Optional}; but a {@code null} that
 * stands there is not taken for a primitive. Of equal keys the last one counts. A number too large for a {@code double}
 * is infinite.
 *
 * <p><b>Limits</b>, for reading and for {@link #isValid}: arrays and objects nest at most {@value #MAX_DEPTH} deep, also
 * when written; a number has at most {@value #MAX_NUMBER_LENGTH} digits; a key at most {@value #MAX_NAME_LENGTH} bytes,
 * since the parser remembers some thousand keys, and no surrogate without its other half. The length of the whole is the
 * business of whoever receives it.
 */
public final class Json {
    static final int MAX_DEPTH = 100;
    static final int MAX_NUMBER_LENGTH = 1_000;
    private static final int MAX_NAME_LENGTH = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            // JSON.stringify's are lower case too.
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .addDecorator((factory, generator) -> new FiniteNumbers(generator))
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .addModule(new SimpleModule()
                    .addSerializer(JsonText.class, new JsonTextSerializer())
                    .addDeserializer(String.class, new TextDeserializer()))
            // Allows no base type: not even an annotation makes a class of a name that a peer sends.
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    strings -> strings.setCoercion(CoercionInputShape.Integer, Fail)
                            .setCoercion(CoercionInputShape.Float, Fail)
                            .setCoercion(CoercionInputShape.Boolean, Fail))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    /** Kept with the classes, and gone with them. */
    private static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return MAPPER.readerFor(type);
        }
    };

    private Json() {}

    /**
     * Writes a value as JSON in UTF-8.
     *
     * @throws IllegalArgumentException if a value of this type cannot be written: it has no properties, a getter failed,
     *     it refers to itself, or nests too deep
     */
    public static byte[] write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw unwritable(value, e);
        }
    }

    /**
     * Writes a value as JSON in UTF-8, and puts what is binary in it aside: a {@code byte[]} or the rest of a {@code
     * ByteBuffer}, at any depth, becomes <code>{"_placeholder":true,"num":i}</code>, where {@code i} is its index in the
     * list.
     *
     * @param attachments where copies of what is binary are added, in the order in which it stands in the JSON
     * @throws IllegalArgumentException as {@link #write(Object)}
     */
    public static byte[] write(@Nullable Object value, List<byte[]> attachments) {
        JsonBuffer json = new JsonBuffer();
        write(value, attachments, json);
        return json.bytes();
    }

    /** Writes behind what a buffer holds; otherwise as {@link #write(Object, List)}. */
    static void write(@Nullable Object value, List<byte[]> attachments, JsonBuffer json) {
        try (JsonGenerator generator = new BinaryAside(MAPPER.createGenerator(json), attachments)) {
            MAPPER.writeValue(generator, value);
        } catch (JacksonException e) {
            throw unwritable(value, e);
        }
    }

    private static IllegalArgumentException unwritable(@Nullable Object value, JacksonException cause) {
        String type = value == null ? "null" : value.getClass().getTypeName();
        return new IllegalArgumentException("a value of type " + type + " cannot be written as JSON", cause);
    }

    /**
     * Reads a value.
     *
     * @return {@code null} if the JSON is {@code null}
     * @throws JsonException if the bytes are not JSON, are beyond a limit, or are not such a value
     * @throws IllegalArgumentException if no value of this type can be read, whatever the JSON
     */
    @SuppressWarnings("unchecked") // The class, or of a primitive type the one that boxes it, is what Jackson makes.
    public static <T> @Nullable T read(byte[] json, Class<T> type) {
        return (T) read(json, (Type) type);
    }

    /**
     * Reads a value of a type that may be generic, such as {@code List<Price>}.
     *
     * @return an instance of the type, or {@code null} if the JSON is {@code null}
     * @throws JsonException if the bytes are not JSON, are beyond a limit, or are not such a value
     * @throws IllegalArgumentException if no value of this type can be read, whatever the JSON
     */
    public static @Nullable Object read(byte[] json, Type type) {
        Objects.requireNonNull(type, "type");
        int notText = notTextAt(json, 0);
        if (notText >= 0) {
            throw refusal("not UTF-8", notText, type);
        }
        try (JsonParser parser = parser(json, 0, json.length)) {
            return bind(parser, type);
        }
    }

    /** For JSON that is UTF-8 without a byte order mark; positions that it tells count from the first index. */
    static JsonParser parser(byte[] json, int from, int to) {
        return MAPPER.createParser(json, from, to - from);
    }

    private static ObjectReader reader(Type type) {
        return type instanceof Class<?> known ? READERS.get(known) : MAPPER.readerFor(MAPPER.constructType(type));
    }

    /** Reads what a parser gives. */
    static @Nullable Object bind(JsonParser parser, Type type) {
        try {
            return reader(type).readValue(parser);
        } catch (InvalidDefinitionException e) {
            throw new IllegalArgumentException("no value of type " + type.getTypeName() + " can be read from JSON", e);
        } catch (StreamConstraintsException e) {
            throw refusal("beyond a limit of JSON", position(parser.currentLocation()), type);
        } catch (InputCoercionException e) {
            // JSON it is, but a number too large for the type.
            throw refusal("not such a value", position(e.getLocation()), type);
        } catch (StreamReadException e) {
            throw refusal("not JSON", position(e.getLocation()), type);
        } catch (RuntimeException e) {
            // Not only Jackson's own: a number's constructor, for one, throws what it likes.
            throw refusal("not such a value", position(parser.currentTokenLocation()), type);
        }
    }

    /** Whether the bytes are exactly one value of JSON, in UTF-8 and within the limits. */
    public static boolean isValid(byte[] json) {
        return isValid(json, 0);
    }

    /** Whether the bytes from an index on are exactly one value. */
    static boolean isValid(byte[] json, int from) {
        if (notTextAt(json, from) >= 0) {
            return false;
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json, from, json.length - from)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Where the bytes are not UTF-8, or where Jackson would take them for another encoding; -1 if they are fine. */
    private static int notTextAt(byte[] json, int from) {
        // RFC 8259 8.1: no byte order mark is added; whoever embeds the value would have it in the middle.
        if (json.length - from >= 3
                && json[from] == (byte) 0xEF
                && json[from + 1] == (byte) 0xBB
                && json[from + 2] == (byte) 0xBF) {
            return from;
        }
        for (int i = from; i < Math.min(from + 4, json.length); i++) {
            if (json[i] == 0) {
                return i;
            }
        }
        return Utf8.malformedAt(json, from);
    }

    private static long position(@Nullable TokenStreamLocation location) {
        return location == null ? -1 : location.getByteOffset();
    }

    private static JsonException refusal(String what, long position, Type type) {
        String where = position < 0 ? "" : " at byte " + position;
        return new JsonException(what + where + ", for " + type.getTypeName());
    }
}
