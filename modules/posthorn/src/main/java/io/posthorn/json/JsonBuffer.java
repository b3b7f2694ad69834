package io.posthorn.json;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON in UTF-8 that is being written by hand. Strings are escaped as JSON demands and no further; a surrogate without its
 * other half becomes a {@code u} escape, as {@code JSON.stringify} has it. For one thread.
 */
final class JsonBuffer extends OutputStream {
    private static final int FIRST_CAPACITY = 128;
    private static final int LONGEST_ESCAPE = 6;
    /** So many that it pays to look at eight bytes at a time. */
    private static final int MANY_CHARACTERS = 24;
    /** What follows a long value is mostly short. */
    private static final int SPARE = 32;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    byte last() {
        return bytes[size - 1];
    }

    /** The bytes behind a header; the caller's to keep. */
    byte[] bytes(byte[] header) {
        byte[] all = Arrays.copyOf(header, header.length + size);
        System.arraycopy(bytes, 0, all, header.length, size);
        return all;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    void append(char ascii) {
        reserve(1);
        put(ascii);
    }

    void append(byte[] json) {
        append(json, 0, json.length);
    }

    private void append(byte[] json, int from, int length) {
        reserve(length);
        System.arraycopy(json, from, bytes, size, length);
        size += length;
    }

    @Override
    public void write(int json) {
        append((char) json);
    }

    @Override
    public void write(byte[] json, int from, int length) {
        append(json, from, length);
    }

    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    void quoted(String text) {
        if (text.length() >= MANY_CHARACTERS) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (Utf8.isWhole(utf8, text)) {
                quoted(utf8);
                return;
            }
        }
        characters(text);
    }

    private void quoted(byte[] utf8) {
        reserve(utf8.length + utf8.length / 8 + 2); // and some to be escaped
        put('"');
        int at = 0;
        while (true) {
            int end = EightBytes.unescapedEnd(utf8, at);
            append(utf8, at, end - at);
            if (end == utf8.length) {
                break;
            }
            reserve(LONGEST_ESCAPE);
            escape((char) utf8[end]);
            at = end + 1;
        }
        append('"');
    }

    private void characters(String text) {
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

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size + SPARE, count)));
        }
    }
}
