package io.posthorn.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The elements of a JSON array, or one value by itself, whatever it is. The JSON is checked whole when this is made, by
 * the rules and limits of {@link Json}, and each element is bound from the bytes when it is asked for. Immutable, for all
 * threads.
 *
 * <p>Bytes that travel beside the JSON are attachments. In their place stands an object whose {@code "_placeholder"} is
 * {@code true} and whose {@code "num"} is the attachment's index; where there are attachments, it is read as {@code
 * byte[]} or {@code ByteBuffer}, a copy, at any depth. Where there are none it is an object like
 * any other.
 */
public final class JsonElements {
    /** What has no elements. */
    public static final JsonElements NONE = new JsonElements(new byte[0], new int[0], Placeholders.NONE, List.of());

    /** Two elements: mostly the name of an event and one argument. */
    private static final int FIRST_CAPACITY = 4;

    /** More digits might be too large for a long. */
    private static final int MOST_PLAIN_DIGITS = 18;

    private final byte[] json;

    /** Where each element begins, and the index behind it. */
    private final int[] bounds;

    private final Placeholders placeholders;
    private final List<byte[]> attachments;

    /** What an element is. */
    public enum Kind {
        /** An object, which may be a placeholder. */
        OBJECT,
        /** An array. */
        ARRAY,
        /** A string. */
        STRING,
        /** A number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** {@code null}. */
        NULL
    }

    private JsonElements(byte[] json, int[] bounds, Placeholders placeholders, List<byte[]> attachments) {
        this.json = json;
        this.bounds = bounds;
        this.placeholders = placeholders;
        this.attachments = attachments;
    }

    /**
     * The elements of the array that fills an array of bytes from an index on.
     *
     * @param json kept; must not be changed afterwards
     * @throws JsonException if the bytes are not exactly one array, or are beyond a limit
     */
    public static JsonElements ofArray(byte[] json, int from) {
        int[] bounds = split(json, from, true);
        if (bounds == null) {
            bounds = Json.isValid(json, from) ? split(json, from, false) : null;
        }
        if (bounds == null) {
            throw new JsonException("not an array in JSON, or beyond a limit");
        }
        return new JsonElements(json, bounds, Placeholders.NONE, List.of());
    }

    /**
     * The value that fills an array of bytes from an index on, as the only element.
     *
     * @param json kept; must not be changed afterwards
     * @throws JsonException if the bytes are not exactly one value, or are beyond a limit
     */
    public static JsonElements ofValue(byte[] json, int from) {
        JsonScanner scanner = new JsonScanner(json, json.length);
        int start = scanner.skipSpace(from);
        int end = scanner.value(start, Json.MAX_DEPTH);
        if (end == JsonScanner.UNKNOWN || scanner.skipSpace(end) != json.length) {
            if (!Json.isValid(json, from)) {
                throw new JsonException("not one value in JSON");
            }
            end = scanner.skip(start);
        }
        return new JsonElements(json, new int[] {start, end}, Placeholders.NONE, List.of());
    }

    /** The bounds of the elements; null if this is no array, or one that only somebody slower can tell. */
    private static int @Nullable [] split(byte[] json, int from, boolean isUnchecked) {
        JsonScanner scanner = new JsonScanner(json, json.length);
        int at = scanner.skipSpace(from);
        if (scanner.at(at) != '[') {
            return null;
        }
        at = scanner.skipSpace(at + 1);
        int[] bounds = new int[FIRST_CAPACITY];
        int count = 0;
        boolean hasMore = scanner.at(at) != ']';
        while (hasMore) {
            int end = isUnchecked ? scanner.value(at, Json.MAX_DEPTH - 1) : scanner.skip(at);
            if (end == JsonScanner.UNKNOWN) {
                return null;
            }
            if (count == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * count);
            }
            bounds[count++] = at;
            bounds[count++] = end;
            at = scanner.skipSpace(end);
            hasMore = scanner.at(at) == ',';
            at = hasMore ? scanner.skipSpace(at + 1) : at;
        }
        boolean isWhole = scanner.at(at) == ']' && scanner.skipSpace(at + 1) == json.length;
        if (!isWhole) {
            return null;
        }
        return count == bounds.length ? bounds : Arrays.copyOf(bounds, count);
    }

    /**
     * Looks for placeholders, which until now were objects like others.
     *
     * @param count how many attachments there are to come
     * @return these elements, for {@link #attach}
     * @throws JsonException if a placeholder names none of the attachments
     */
    public JsonElements withPlaceholders(int count) {
        return new JsonElements(json, bounds, Placeholders.find(json, bounds, count), List.of());
    }

    /**
     * These elements with the attachments that {@link #withPlaceholders} was told of.
     *
     * @param arrived as many as were told of; must not be changed afterwards
     */
    public JsonElements attach(List<byte[]> arrived) {
        return new JsonElements(json, bounds, placeholders, List.copyOf(arrived));
    }

    /** How many elements there are. */
    public int size() {
        return bounds.length / 2;
    }

    /** The attachments, in their order; not copies, and not to be changed. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /**
     * What an element is.
     *
     * @throws JsonException if there is no such element
     */
    public Kind kind(int index) {
        return switch (json[start(index, Object.class)]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    /** Whether an element is {@code null}, or there is none. */
    public boolean isNull(int index) {
        return index >= size() || kind(index) == Kind.NULL;
    }

    /** Whether an element is a string of these characters of ASCII that has no escapes, which is told quickly. */
    public boolean isPlain(int index, String ascii) {
        int start = start(index, String.class);
        int length = ascii.length();
        if (json[start] != '"' || end(index) - start - 2 != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            // What is not ASCII is negative, and equals no character.
            if (json[start + 1 + i] != ascii.charAt(i) || json[start + 1 + i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * The JSON of an element.
     *
     * @throws JsonException if there is no such element
     */
    public String json(int index) {
        int start = start(index, String.class);
        return new String(json, start, end(index) - start, StandardCharsets.UTF_8);
    }

    /**
     * An element that is a string.
     *
     * @throws JsonException if it is something else, or there is none
     */
    public String text(int index) {
        int start = start(index, String.class);
        int end = end(index);
        if (json[start] != '"') {
            throw new JsonException("not a string: element " + index);
        }
        if (!JsonScanner.hasEscape(json, start, end)) {
            return new String(json, start + 1, end - start - 2, StandardCharsets.UTF_8);
        }
        return (String) Objects.requireNonNull(bind(index, String.class));
    }

    /**
     * An element that is an attachment.
     *
     * @return a copy
     * @throws JsonException if it is something else, or there is none
     */
    public byte[] binary(int index) {
        int attachment = placeholders.at(start(index, byte[].class));
        if (attachment < 0 || attachments.isEmpty()) {
            throw new JsonException("not binary: element " + index);
        }
        return attachments.get(attachment).clone();
    }

    /**
     * An element as a value of a class, such as a record.
     *
     * @return {@code null} if the JSON is {@code null}
     * @throws JsonException if it is not such a value, or there is none
     * @throws IllegalArgumentException if no value of this type can be read, whatever the JSON
     */
    public <T> @Nullable T read(int index, Class<T> type) {
        return read(index, (Type) type);
    }

    /** An element as a value of a type that is generic; otherwise as {@link #read(int, Class)}. */
    public <T> @Nullable T read(int index, TypeRef<T> type) {
        return read(index, type.type());
    }

    /** An element as a value of any type, which is the caller's to know; otherwise as {@link #read(int, Class)}. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Made to be of that type.
    public <T> @Nullable T read(int index, Type type) {
        int start = start(index, type);
        boolean isText = json[start] == '"' && (type == String.class || type == Object.class);
        return (T) (isText ? text(index) : isPlainInteger(index, type) ? integer(index, type) : bind(index, type));
    }

    private @Nullable Object bind(int index, Type type) {
        int start = start(index, type);
        try (JsonParser parser = Json.parser(json, start, end(index))) {
            return Json.bind(attachments.isEmpty() ? parser : placeholders.replacing(parser, start, attachments), type);
        }
    }

    private boolean isPlainInteger(int index, Type type) {
        if (type != long.class && type != Long.class && type != int.class && type != Integer.class) {
            return false;
        }
        int start = start(index, type);
        int end = end(index);
        int digits = json[start] == '-' ? start + 1 : start;
        int most = type == int.class || type == Integer.class ? MOST_PLAIN_DIGITS / 2 : MOST_PLAIN_DIGITS;
        for (int i = digits; i < end; i++) {
            if (!JsonScanner.isDigit(json[i])) {
                return false;
            }
        }
        return end - digits <= most;
    }

    private Object integer(int index, Type type) {
        int at = start(index, type);
        boolean isNegative = json[at] == '-';
        long value = 0;
        for (int i = isNegative ? at + 1 : at; i < end(index); i++) {
            value = 10 * value + json[i] - '0';
        }
        long signed = isNegative ? -value : value;
        return type == long.class || type == Long.class ? (Object) signed : (Object) (int) signed;
    }

    private int start(int index, Type type) {
        if (index < 0 || index >= size()) {
            throw new JsonException("no element " + index + " among " + size() + ", for " + type.getTypeName());
        }
        return bounds[2 * index];
    }

    private int end(int index) {
        return bounds[2 * index + 1];
    }
}
