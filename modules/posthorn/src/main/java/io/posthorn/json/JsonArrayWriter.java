package io.posthorn.json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes one array as JSON in UTF-8, element after element, and puts aside what is binary in it, as {@link
 * Json#write(Object, List)} does. Strings, numbers, booleans and null are written by hand, straight into bytes. For one
 * thread and one array.
 */
public final class JsonArrayWriter {
    private final JsonBuffer json = new JsonBuffer();
    private List<byte[]> attachments = List.of();
    private boolean isEnded;

    /** An array without elements. */
    public JsonArrayWriter() {
        json.append('[');
    }

    /**
     * Adds a value.
     *
     * @throws IllegalArgumentException as {@link Json#write(Object)}
     * @throws IllegalStateException if the array has been ended
     */
    public JsonArrayWriter value(@Nullable Object value) {
        if (isEnded) {
            throw new IllegalStateException("ended before");
        }
        if (json.size() > 1) {
            json.append(',');
        }
        if (value instanceof String text) {
            json.quoted(text);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value == null || value instanceof Boolean) {
            json.ascii(String.valueOf(value));
        } else if (value instanceof JsonText text) {
            json.quoted(text.jsonText());
        } else if (value instanceof byte[] binary) {
            aside(binary.clone());
        } else {
            other(value);
        }
        return this;
    }

    private void number(Number number) {
        if (number instanceof Integer || number instanceof Long) {
            json.ascii(number.toString());
        } else if (number instanceof Double || number instanceof Float) {
            // JSON has no word for the others (RFC 8259 6).
            json.ascii(Double.isFinite(number.doubleValue()) ? number.toString() : "null");
        } else {
            other(number);
        }
    }

    private void aside(byte[] binary) {
        keepAttachments();
        json.ascii(BinaryAside.placeholder(attachments.size()));
        attachments.add(binary);
    }

    private void other(Object value) {
        keepAttachments();
        Json.write(value, attachments, json);
    }

    private void keepAttachments() {
        if (attachments.isEmpty()) {
            attachments = new ArrayList<>();
        }
    }

    /** What was put aside until now; not to be changed. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /**
     * Ends the array, after which this writer is of no more use.
     *
     * @param header borrowed; what stands before the array
     * @return the header and the array, the caller's to keep
     * @throws IllegalStateException if the array has been ended
     */
    public byte[] bytes(byte[] header) {
        if (isEnded) {
            throw new IllegalStateException("ended before");
        }
        isEnded = true;
        json.append(']');
        return json.bytes(header);
    }
}
