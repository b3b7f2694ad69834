package io.posthorn.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-escapes of RFC 3986 2.1, read strictly: every escape complete, the bytes UTF-8. */
final class PercentEncoding {
    private PercentEncoding() {}

    /** Decodes one path segment. */
    static String decodeSegment(String raw) {
        String decoded = raw.indexOf('%') < 0 ? raw : decode(raw, '+');
        if (decoded.indexOf('\0') >= 0) {
            throw HttpException.badRequest("an encoded NUL in the path");
        }
        return decoded;
    }

    /** Decodes a name or a value of a query, where a plus means a space. */
    static String decodeQuery(String raw) {
        return raw.indexOf('%') < 0 && raw.indexOf('+') < 0 ? raw : decode(raw, ' ');
    }

    private static String decode(String raw, char plus) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) (digit(raw, i + 1) << 4 | digit(raw, i + 2));
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' ? plus : c);
            }
        }
        return utf8(bytes, length);
    }

    private static int digit(String raw, int index) {
        int digit = index < raw.length() ? Character.digit(raw.charAt(index), 16) : -1;
        if (digit < 0) {
            throw HttpException.badRequest("a bad percent-escape in the request target");
        }
        return digit;
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw HttpException.badRequest("percent-escapes in the request target that are not UTF-8");
        }
    }
}
