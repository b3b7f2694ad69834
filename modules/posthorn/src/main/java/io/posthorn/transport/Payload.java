package io.posthorn.transport;

import java.nio.charset.StandardCharsets;

/** What a message says. Immutable, for all threads. */
public final class Payload {
    private static final String TEXT_TYPE = "text/plain; charset=utf-8";
    private static final String JSON_TYPE = "application/json";
    private static final String BINARY_TYPE = "application/octet-stream";

    private static final int MAX_TYPE = 256;

    private final Kind kind;
    private final String contentType;
    private final byte[] bytes;

    /** What the bytes are. */
    public enum Kind {
        /** Text in UTF-8. */
        TEXT,
        /** One JSON value in UTF-8. */
        JSON,
        /** Anything. */
        BINARY
    }

    private Payload(Kind kind, String contentType, byte[] bytes) {
        this.kind = kind;
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /** Whether a text can stand as a content type: it is not looked at more closely. */
    public static boolean isContentType(String text) {
        return !text.isEmpty() && text.length() <= MAX_TYPE && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static Payload checked(Kind kind, String contentType, byte[] bytes) {
        if (!isContentType(contentType)) {
            throw new IllegalArgumentException("A content type is at most " + MAX_TYPE + " visible ASCII characters");
        }
        return new Payload(kind, contentType, bytes);
    }

    /** A text, as {@code text/plain}. */
    public static Payload text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text in UTF-8, unchecked, as {@code text/plain}; must not be changed afterwards. */
    public static Payload text(byte[] utf8) {
        return new Payload(Kind.TEXT, TEXT_TYPE, utf8);
    }

    /**
     * A text of a type of its own, such as {@code text/html}.
     *
     * @param utf8 the text in UTF-8, unchecked; must not be changed afterwards
     */
    public static Payload text(String contentType, byte[] utf8) {
        return checked(Kind.TEXT, contentType, utf8);
    }

    /** One JSON value in UTF-8, unchecked; must not be changed afterwards. */
    public static Payload json(byte[] utf8) {
        return new Payload(Kind.JSON, JSON_TYPE, utf8);
    }

    /** One JSON value of a type of its own, such as {@code application/geo+json}. */
    public static Payload json(String contentType, byte[] utf8) {
        return checked(Kind.JSON, contentType, utf8);
    }

    /** Bytes, which must not be changed afterwards. */
    public static Payload binary(byte[] bytes) {
        return new Payload(Kind.BINARY, BINARY_TYPE, bytes);
    }

    /** Bytes of a type of their own, such as {@code image/png}; they must not be changed afterwards. */
    public static Payload binary(String contentType, byte[] bytes) {
        return checked(Kind.BINARY, contentType, bytes);
    }

    /** What the bytes are. */
    public Kind kind() {
        return kind;
    }

    /** The media type, as HTTP has it. */
    public String contentType() {
        return contentType;
    }

    /** The bytes; not a copy, and not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.length;
    }

    /** The bytes as text; meaningful where they are not binary. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return kind + " of " + bytes.length + " bytes";
    }
}
