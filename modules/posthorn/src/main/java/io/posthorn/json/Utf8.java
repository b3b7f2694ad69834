package io.posthorn.json;

/** UTF-8 as RFC 8259 8.1 wants it: checked strictly where it comes in, always well-formed where it goes out. */
public final class Utf8 {
    /** What {@link #malformedAt} says of bytes that are UTF-8. */
    static final int NOWHERE = -1;

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

    /** The index behind the characters, of which none is ASCII, that begin at one; {@link #NOWHERE} if one is malformed. */
    static int beyondAscii(byte[] bytes, int from, int end) {
        int at = threeByteCharactersEnd(bytes, from, end);
        while (at < end && bytes[at] < 0) {
            int next = character(bytes, at, end);
            if (next == NOWHERE) {
                return NOWHERE;
            }
            at = threeByteCharactersEnd(bytes, next, end);
        }
        return at;
    }

    /** Chinese, Japanese, Korean and more: the index behind them. */
    private static int threeByteCharactersEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at <= end - 3 && isThreeByteCharacter(bytes[at], bytes[at + 1], bytes[at + 2])) {
            at += 3;
        }
        return at;
    }

    private static boolean isThreeByteCharacter(byte lead, byte second, byte third) {
        // The upper five of a character's 16 bits are 00000 in overlong forms and 11011 in surrogates.
        int upper = ((lead & 0x0F) << 1) | ((second >> 5) & 1);
        return (lead & 0xF0) == 0xE0
                && (second & 0xC0) == 0x80
                && (third & 0xC0) == 0x80
                && upper != 0
                && upper != 0b11011;
    }

    /** The index of the first character from an index on that is malformed, or {@link #NOWHERE}. */
    static int malformedAt(byte[] bytes, int from) {
        int at = EightBytes.asciiEnd(bytes, from, bytes.length);
        while (at < bytes.length) {
            int next = character(bytes, at, bytes.length);
            if (next == NOWHERE) {
                return at;
            }
            at = bytes.length > next && bytes[next] >= 0 ? EightBytes.asciiEnd(bytes, next, bytes.length) : next;
        }
        return NOWHERE;
    }

    /** Whether bytes that Java made of a text are the text: it puts a question mark for a surrogate without its other half. */
    static boolean isWhole(byte[] utf8, String text) {
        return EightBytes.find('?', utf8, 0, utf8.length) == utf8.length || loneSurrogate(text, 0) == text.length();
    }

    /** One of the four digits of a {@code u} escape (RFC 8259 7). */
    static char hexDigit(char c, int shift) {
        return HEX.charAt((c >>> shift) & 0xF);
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
