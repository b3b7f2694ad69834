package io.posthorn.websocket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code Sec-WebSocket-Extensions} (RFC 6455 9.1) in one pass, without regular expressions, within limits.
 *
 * <pre>  permessage-deflate; client_max_window_bits; server_max_window_bits="10", x-other; a=b</pre>
 */
final class ExtensionHeader {
    private static final int MAX_EXTENSIONS = 16;
    private static final int MAX_PARAMETERS = 16;
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;

    /** One extension; a parameter without a value has an empty one, one that stands twice its first. */
    record Extension(String name, Map<String, String> parameters, boolean repeatsParameter) {}

    private ExtensionHeader(String text) {
        this.text = text;
    }

    /**
     * The extensions in the order of the header's values.
     *
     * @throws IllegalArgumentException where a value does not follow the grammar, or is longer than anybody needs
     */
    static List<Extension> parse(List<String> values) {
        List<Extension> extensions = new ArrayList<>();
        for (String value : values) {
            new ExtensionHeader(value).readAll(extensions);
        }
        return extensions;
    }

    private void readAll(List<Extension> extensions) {
        do {
            skipSpace();
            extensions.add(readExtension());
            if (extensions.size() > MAX_EXTENSIONS) {
                throw new IllegalArgumentException("more than " + MAX_EXTENSIONS + " extensions");
            }
        } while (skip(','));
        if (at < text.length()) {
            throw new IllegalArgumentException("unexpected character at " + at);
        }
    }

    private Extension readExtension() {
        String name = readToken();
        Map<String, String> parameters = new LinkedHashMap<>();
        int count = 0;
        skipSpace();
        while (skip(';')) {
            skipSpace();
            String parameter = readToken();
            skipSpace();
            String value = skip('=') ? readValue() : "";
            skipSpace();
            parameters.putIfAbsent(parameter, value);
            if (++count > MAX_PARAMETERS) {
                throw new IllegalArgumentException("more than " + MAX_PARAMETERS + " parameters");
            }
        }
        return new Extension(name, parameters, parameters.size() < count);
    }

    private String readValue() {
        skipSpace();
        if (!skip('"')) {
            return readToken();
        }
        // RFC 6455 9.1: what is quoted must be a token once it is unquoted.
        String value = readToken();
        if (!skip('"')) {
            throw new IllegalArgumentException("a quoted value does not end");
        }
        return value;
    }

    private String readToken() {
        int begin = at;
        while (at < text.length() && isTokenCharacter(text.charAt(at))) {
            at++;
        }
        if (at == begin) {
            throw new IllegalArgumentException("a name is missing at " + at);
        }
        return text.substring(begin, at);
    }

    /** RFC 9110 5.6.2. */
    static boolean isTokenCharacter(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean digit = c >= '0' && c <= '9';
        return letter || digit || TOKEN_SIGNS.indexOf(c) >= 0;
    }

    private boolean skip(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
