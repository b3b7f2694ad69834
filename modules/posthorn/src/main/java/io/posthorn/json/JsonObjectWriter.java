package io.posthorn.json;

import java.util.Arrays;

/**
 * Writes one small object as JSON in UTF-8, field after field, straight into bytes:
 *
 * <pre>{@code
 * byte[] json = new JsonObjectWriter().string("id", "a-7").raw("data", checked).bytes();
 * }</pre>
 *
 * For one thread and one object. Strings are escaped as JSON demands and no further ({@code <} and U+2028 stand as they
 * are); a surrogate without its other half becomes a {@code u} escape, as {@code JSON.stringify} has it, so that the
 * bytes are always UTF-8. Equal names are not looked for.
 */
public final class JsonObjectWriter {
    private static final int FIRST_CAPACITY = 128;
    private static final int LONGEST_ESCAPE = 6;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;
    private int depth = 1;

    /** An object without fields. */
    public JsonObjectWriter() {
        append('{');
    }

    /** Adds a field that is a string. */
    public JsonObjectWriter string(String name, String value) {
        name(name);
        quoted(value);
        return this;
    }

    /**
     * Adds a field that is JSON already, as it is.
     *
     * @param json borrowed; exactly one value, of which {@link Json#isValid} was or would be true
     */
    public JsonObjectWriter raw(String name, byte[] json) {
        assert Json.isValid(json) : "not JSON: the value of " + name;
        name(name);
        reserve(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        return this;
    }

    /** Begins a field that is an object: the fields that follow are its own, until {@link #end}. */
    public JsonObjectWriter object(String name) {
        name(name);
        append('{');
        depth++;
        return this;
    }

    /**
     * Ends what {@link #object} began.
     *
     * @throws IllegalStateException if there is nothing to end
     */
    public JsonObjectWriter end() {
        if (depth < 2) {
            throw new IllegalStateException("no field's object is open");
        }
        append('}');
        depth--;
        return this;
    }

    /**
     * Ends the object, after which this writer is of no more use.
     *
     * @return the object's JSON, the caller's to keep
     * @throws IllegalStateException if a field's object has not been ended, or this object has
     */
    public byte[] bytes() {
        if (depth != 1) {
            throw new IllegalStateException(depth == 0 ? "ended before" : "a field's object is still open");
        }
        append('}');
        depth--;
        return Arrays.copyOf(bytes, size);
    }

    private void name(String name) {
        if (depth == 0) {
            throw new IllegalStateException("ended before");
        }
        // No value ends with an opening brace, so one can only be the object's own.
        if (bytes[size - 1] != '{') {
            append(',');
        }
        quoted(name);
        append(':');
    }

    private void quoted(String text) {
        append('"');
        int length = text.length();
        reserve(length);
        int at = 0;
        while (at < length) {
            at = plain(text, at);
            if (at < length) {
                reserve(LONGEST_ESCAPE + length - at);
                at += character(text, at);
            }
        }
        append('"');
    }

    /** Copies ASCII that needs no escape, for which there is room, and returns the index after it. */
    private int plain(String text, int from) {
        int at = from;
        while (at < text.length() && isPlain(text.charAt(at))) {
            bytes[size++] = (byte) text.charAt(at++);
        }
        return at;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    /** Encodes the character at an index, and returns how many chars it takes. */
    private int character(String text, int at) {
        int codePoint = text.codePointAt(at);
        if (codePoint < 0x80 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            escape((char) codePoint);
        } else if (codePoint < 0x800) {
            put(0xC0 | (codePoint >> 6));
            continuation(codePoint);
        } else if (codePoint < 0x10000) {
            put(0xE0 | (codePoint >> 12));
            continuation(codePoint >> 6);
            continuation(codePoint);
        } else {
            put(0xF0 | (codePoint >> 18));
            continuation(codePoint >> 12);
            continuation(codePoint >> 6);
            continuation(codePoint);
        }
        return Character.charCount(codePoint);
    }

    /** RFC 8259 7: the short escapes where there are some. */
    private void escape(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> {
                put('u');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    put(Utf8.hexDigit(c, shift));
                }
            }
        }
    }

    private void continuation(int bits) {
        put(0x80 | (bits & 0x3F));
    }

    private void put(int b) {
        bytes[size++] = (byte) b;
    }

    private void append(char c) {
        reserve(1);
        put(c);
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, count)));
        }
    }
}
