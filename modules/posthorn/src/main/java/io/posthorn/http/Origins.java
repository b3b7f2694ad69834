package io.posthorn.http;

import java.util.Locale;

/** Web origins (RFC 6454 6.2) and authorities as text, made comparable. */
final class Origins {
    private Origins() {}

    /**
     * An origin in lower case and without a default port.
     *
     * @throws IllegalArgumentException where it is none, such as one with a path, or {@code null}
     */
    static String normalize(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int end = lower.indexOf("://");
        if (end <= 0 || !Tokens.isToken(lower.substring(0, end)) || !isAuthority(lower.substring(end + 3))) {
            throw new IllegalArgumentException("An origin is scheme://host or scheme://host:port, not " + origin);
        }
        return of(lower.substring(0, end), lower.substring(end + 3));
    }

    /** The origin of a scheme and an authority. */
    static String of(String scheme, String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        String defaultPort = scheme.equals("https") ? ":443" : scheme.equals("http") ? ":80" : "none";
        return scheme + "://"
                + (host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host);
    }

    /** RFC 3986 3.2.2 and 3.2.3, as a Host header may be: a host, and perhaps a port; no user, nothing else. */
    static boolean isAuthority(String text) {
        int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : portColon(text);
        if (hostEnd <= 0) {
            return false;
        }
        return isHost(text.substring(0, hostEnd)) && isPort(text.substring(hostEnd));
    }

    private static int portColon(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text.length() : colon;
    }

    private static boolean isHost(String host) {
        boolean literal = host.startsWith("[");
        String allowed = literal ? "[]:.%" : "-._~!$&'()*+,;=%";
        return host.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || allowed.indexOf(c) >= 0));
    }

    private static boolean isPort(String port) {
        if (port.isEmpty()) {
            return true;
        }
        return port.startsWith(":")
                && port.length() <= 6
                && port.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }
}
