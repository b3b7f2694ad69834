package io.posthorn.feed;

import io.posthorn.transport.Cursor;

import java.util.List;

/** Cursors as entity tags (RFC 9110 8.8.3). */
final class EntityTags {
    private EntityTags() {}

    static String of(Cursor cursor) {
        return "\"" + cursor + "\"";
    }

    /** What the first tag of an {@code If-None-Match} holds, weak or not. */
    static String first(String header) {
        return opaque(header.split(",", 2)[0]);
    }

    /** RFC 9110 13.1.2: whether a header names a cursor, by the weak comparison; an asterisk names every one. */
    static boolean matches(List<String> headers, Cursor cursor) {
        return headers.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::trim)
                .anyMatch(tag -> tag.equals("*") || opaque(tag).equals(cursor.toString()));
    }

    private static String opaque(String tag) {
        String strong = tag.trim();
        strong = strong.startsWith("W/") ? strong.substring(2) : strong;
        boolean quoted = strong.length() >= 2 && strong.startsWith("\"") && strong.endsWith("\"");
        return quoted ? strong.substring(1, strong.length() - 1) : strong;
    }
}
