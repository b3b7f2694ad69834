package io.posthorn.transport;

/** String literals of JSON read back, and refused where they could do harm in a script in HTML. */
final class StringLiterals {
    private StringLiterals() {}

    /** The text of a whole literal. */
    static String read(String literal) {
        if (literal.length() < 2 || literal.charAt(0) != '"') {
            throw new IllegalArgumentException("no literal: " + literal);
        }
        StringBuilder text = new StringBuilder();
        int i = 1;
        while (literal.charAt(i) != '"') {
            char c = literal.charAt(i++);
            if (c != '\\') {
                text.append(harmless(literal, i - 1));
                continue;
            }
            char escaped = literal.charAt(i++);
            if (escaped == 'u') {
                text.append((char) Integer.parseInt(literal, i, i + 4, 16));
                i += 4;
            } else {
                text.append(escape(escaped));
            }
        }
        if (i != literal.length() - 1) {
            throw new IllegalArgumentException("something follows the literal: " + literal);
        }
        return text.toString();
    }

    private static char escape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\' -> c;
            default -> throw new IllegalArgumentException("no escape: " + c);
        };
    }

    private static char harmless(String literal, int index) {
        char c = literal.charAt(index);
        boolean isLone = Character.isSurrogate(c)
                && !Character.isSurrogatePair(c, literal.charAt(index + 1))
                && !Character.isSurrogatePair(literal.charAt(index - 1), c);
        if (isLone || c < ' ' || c == '<' || c == '>' || c == '\u2028' || c == '\u2029') {
            throw new IllegalArgumentException("bare U+" + Integer.toHexString(c) + " in " + literal);
        }
        return c;
    }
}
