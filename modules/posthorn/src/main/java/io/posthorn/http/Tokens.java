package io.posthorn.http;

/** The character classes of RFC 9110 5.6 that a head is made of. */
final class Tokens {
    private static final boolean[] TOKEN_CHARS = tokenChars();

    private Tokens() {}

    /** RFC 9110 5.6.2: a character of a method or of a field's name. */
    static boolean isTokenChar(int c) {
        return c >= 0 && c < TOKEN_CHARS.length && TOKEN_CHARS[c];
    }

    /** Whether a text is a token: at least one character, none but those of a token. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Tokens::isTokenChar);
    }

    /** Whether a text may be a field's value: nothing that would end the line, or a C string. */
    static boolean isFieldValue(String text) {
        return text.chars().allMatch(c -> c != '\r' && c != '\n' && c != '\0' && c <= 0xff);
    }

    private static boolean[] tokenChars() {
        boolean[] chars = new boolean[0x7f];
        for (int c = '!'; c < 0x7f; c++) {
            chars[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
        return chars;
    }
}
