package io.posthorn.json;

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
    private final JsonBuffer json = new JsonBuffer();
    private int depth = 1;

    /** An object without fields. */
    public JsonObjectWriter() {
        json.append('{');
    }

    /** Adds a field that is a string. */
    public JsonObjectWriter string(String name, String value) {
        name(name);
        json.quoted(value);
        return this;
    }

    /**
     * Adds a field that is JSON already, as it is.
     *
     * @param value borrowed; exactly one value, of which {@link Json#isValid} was or would be true
     */
    public JsonObjectWriter raw(String name, byte[] value) {
        assert Json.isValid(value) : "not JSON: the value of " + name;
        name(name);
        json.append(value);
        return this;
    }

    /** Begins a field that is an object: the fields that follow are its own, until {@link #end}. */
    public JsonObjectWriter object(String name) {
        name(name);
        json.append('{');
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
        json.append('}');
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
        json.append('}');
        depth--;
        return json.bytes();
    }

    private void name(String name) {
        if (depth == 0) {
            throw new IllegalStateException("ended before");
        }
        // No value ends with an opening brace, so one can only be the object's own.
        if (json.last() != '{') {
            json.append(',');
        }
        json.quoted(name);
        json.append(':');
    }
}
