package io.posthorn.json;

/**
 * Finds the end of a JSON value, and checks it whole: RFC 8259, and the limits of {@link Json}. It is quick because it knows
 * only what is common; of everything else, right or wrong, it says {@link #UNKNOWN}, and somebody slower decides.
 */
final class JsonScanner {
    /** The value is not JSON, or is but an uncommon one. */
    static final int UNKNOWN = -1;

    /** Where the parser's own limits, which go by its buffers, are far. */
    private static final int MAX_COMMON_NAME = 250;

    private final byte[] json;
    private final int end;

    JsonScanner(byte[] json, int end) {
        this.json = json;
        this.end = end;
    }

    /** The index of the first byte at or after one that is not whitespace, or the end. */
    int skipSpace(int from) {
        int at = from;
        while (at < end && isSpace(json[at])) {
            at++;
        }
        return at;
    }

    /** RFC 8259 2. */
    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The byte at an index, or 0, which JSON does not have, at the end. */
    byte at(int index) {
        return index < end ? json[index] : 0;
    }

    /**
     * The index behind the value that begins at an index, or {@link #UNKNOWN}.
     *
     * @param depth how deep arrays and objects may nest in it
     */
    int value(int from, int depth) {
        return switch (at(from)) {
            case '"' -> string(from);
            case '{' -> depth > 0 ? object(from, depth) : UNKNOWN;
            case '[' -> depth > 0 ? array(from, depth) : UNKNOWN;
            case 't' -> word(from, "true");
            case 'f' -> word(from, "false");
            case 'n' -> word(from, "null");
            default -> number(from);
        };
    }

    /** The index behind a value that is known to be JSON. */
    int skip(int from) {
        int at = from;
        int depth = 0;
        do {
            switch (at(at)) {
                case '"' -> at = closingQuote(at);
                case '[', '{' -> depth++;
                case ']', '}' -> depth--;
                default -> {}
            }
            at++;
        } while (at < end && (depth > 0 || !isBehindValue(json[at])));
        return at;
    }

    private int closingQuote(int from) {
        int at = from + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private static boolean isBehindValue(byte b) {
        return b == ',' || b == ']' || b == '}' || isSpace(b);
    }

    private int array(int from, int depth) {
        int at = skipSpace(from + 1);
        if (at(at) == ']') {
            return at + 1;
        }
        while (true) {
            at = value(at, depth - 1);
            if (at == UNKNOWN) {
                return UNKNOWN;
            }
            at = skipSpace(at);
            byte next = at(at);
            if (next != ',') {
                return next == ']' ? at + 1 : UNKNOWN;
            }
            at = skipSpace(at + 1);
        }
    }

    private int object(int from, int depth) {
        int at = skipSpace(from + 1);
        if (at(at) == '}') {
            return at + 1;
        }
        while (true) {
            at = name(at);
            if (at == UNKNOWN) {
                return UNKNOWN;
            }
            at = value(skipSpace(at), depth - 1);
            if (at == UNKNOWN) {
                return UNKNOWN;
            }
            at = skipSpace(at);
            byte next = at(at);
            if (next != ',') {
                return next == '}' ? at + 1 : UNKNOWN;
            }
            at = skipSpace(at + 1);
        }
    }

    /** A name and its colon. Names with escapes are left to others. */
    private int name(int from) {
        if (at(from) != '"') {
            return UNKNOWN;
        }
        int close = string(from);
        if (close == UNKNOWN || close - from > MAX_COMMON_NAME || hasEscape(json, from, close)) {
            return UNKNOWN;
        }
        int at = skipSpace(close);
        return at(at) == ':' ? at + 1 : UNKNOWN;
    }

    static boolean hasEscape(byte[] json, int from, int to) {
        return EightBytes.find('\\', json, from, to) < to;
    }

    private int string(int from) {
        int at = from + 1;
        while (at < end) {
            at = EightBytes.plainEnd(json, at, end);
            byte b = at(at);
            if (b == '"') {
                return at + 1;
            }
            if (b == '\\') {
                at = escape(at);
            } else {
                // What is negative is no ASCII; what else is below the space must have been escaped.
                at = b < 0 ? Utf8.beyondAscii(json, at, end) : UNKNOWN;
            }
            if (at == UNKNOWN) {
                return UNKNOWN;
            }
        }
        return UNKNOWN;
    }

    /** RFC 8259 7. */
    private int escape(int from) {
        return switch (at(from + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 2;
            case 'u' -> isHex(from + 2) && isHex(from + 3) && isHex(from + 4) && isHex(from + 5) ? from + 6 : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private boolean isHex(int index) {
        byte b = at(index);
        return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }

    /** RFC 8259 6. */
    private int number(int from) {
        int at = at(from) == '-' ? from + 1 : from;
        if (!isDigit(at(at))) {
            return UNKNOWN;
        }
        at = at(at) == '0' ? at + 1 : digits(at);
        if (at(at) == '.') {
            if (!isDigit(at(at + 1))) {
                return UNKNOWN;
            }
            at = digits(at + 1);
        }
        if (at(at) == 'e' || at(at) == 'E') {
            at = exponent(at + 1);
        }
        return at - from <= Json.MAX_NUMBER_LENGTH ? at : UNKNOWN;
    }

    private int exponent(int from) {
        int at = at(from) == '+' || at(from) == '-' ? from + 1 : from;
        // One that is wrong counts as too long.
        return isDigit(at(at)) ? digits(at) : Integer.MAX_VALUE;
    }

    private int digits(int from) {
        int at = from;
        while (isDigit(at(at))) {
            at++;
        }
        return at;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private int word(int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at(from + i) != word.charAt(i)) {
                return UNKNOWN;
            }
        }
        return from + word.length();
    }
}
