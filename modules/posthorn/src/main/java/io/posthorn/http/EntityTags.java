package io.posthorn.http;

import java.util.List;

/** Entity tags in the conditions of a request (RFC 9110 8.8.3, 13.1). */
final class EntityTags {
    private EntityTags() {}

    /** Whether an {@code If-None-Match} names a tag, by the weak comparison (RFC 9110 13.1.2); an asterisk names every one. */
    static boolean matches(List<String> ifNoneMatch, String etag) {
        String opaque = opaque(etag);
        for (String candidate : String.join(",", ifNoneMatch).split(",", -1)) {
            String tag = candidate.trim();
            if (tag.equals("*") || opaque(tag).equals(opaque)) {
                return true;
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
