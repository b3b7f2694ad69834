package io.posthorn.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** UTF-8 as RFC 8259 8.1 wants it: checked strictly where it comes in, always well-formed where it goes out. */
public final class Utf8 {
    /** What {@link #malformedAt} says of bytes that are UTF-8. */
    static final int NOWHERE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int MOST_CHARACTERS_AT_ONCE = 1024;
    private static final String HEX = "0123456789abcdef";

    private Utf8() {}

    /** Whether bytes are text in UTF-8. */
    public static boolean isWellFormed(byte[] bytes) {
        return malformedAt(bytes, 0) == NOWHERE;
    }

    /** The index behind the character that begins at one with a byte that is not ASCII; {@link #NOWHERE} if it is malformed. */
    static int character(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || end - at < length) {
            return NOWHERE;
        }
        int second = bytes[at + 1] & 0xFF;
        // RFC 3629 4: no overlong form, no surrogate, nothing above U+10FFFF.
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return NOWHERE;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return NOWHERE;
            }
        }
        return at + length;
    }

    /** The index of the first character from an index on that is malformed, or {@link #NOWHERE}. */
    static int malformedAt(byte[] bytes, int from) {
        int ascii = asciiEnd(bytes, from);
        if (ascii == bytes.length) {
            return NOWHERE;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, ascii, bytes.length - ascii);
        CharBuffer characters = CharBuffer.allocate(Math.min(rest.remaining(), MOST_CHARACTERS_AT_ONCE));
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(rest, characters, true);
        while (result.isOverflow()) {
            characters.clear();
            result = decoder.decode(rest, characters, true);
        }
        return result.isError() ? rest.position() : NOWHERE;
    }

    /** Encodes JSON; a surrogate without its other half, which UTF-8 cannot hold, becomes an escape of JSON. */
    static byte[] encode(String json) {
        int lone = loneSurrogate(json, 0);
        if (lone == json.length()) {
            return json.getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder escaped = new StringBuilder(json.length() + 32);
        int from = 0;
        while (lone < json.length()) {
            escaped.append(json, from, lone).append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                escaped.append(hexDigit(json.charAt(lone), shift));
            }
            from = lone + 1;
            lone = loneSurrogate(json, from);
        }
        return escaped.append(json, from, json.length()).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One of the four digits of a {@code u} escape (RFC 8259 7). */
    static char hexDigit(char c, int shift) {
        return HEX.charAt((c >>> shift) & 0xF);
    }

    private static int asciiEnd(byte[] bytes, int from) {
        int at = from;
        while (at <= bytes.length - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The index of the next surrogate without its other half, or the text's length. */
    private static int loneSurrogate(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return at;
            }
            at += Character.charCount(codePoint);
        }
        return at;
    }
}
