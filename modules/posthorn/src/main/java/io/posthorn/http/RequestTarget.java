package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request target (RFC 9112 3.2), taken apart and decoded.
 *
 * @param path decoded, without dot segments; an encoded slash stays {@code %2F}, since it is no separator
 * @param segments the parts of the path between the slashes, each decoded, an encoded slash too; {@code /} is one empty
 *     segment, {@code *} is none
 * @param query names and values, decoded, in order
 * @param authority the host and port of an absolute target, which then count instead of the Host header
 */
record RequestTarget(
        String path,
        List<String> segments,
        Map<String, List<String>> query,
        @Nullable String authority) {
    private static final int MAX_QUERY_PARAMETERS = 1000;

    /** Takes a raw target apart. */
    static RequestTarget parse(String raw, String method) {
        if (raw.startsWith("/")) {
            return origin(raw, null);
        }
        if (raw.equals("*") && method.equals("OPTIONS")) {
            return new RequestTarget("*", List.of(), Map.of(), null);
        }
        return absolute(raw);
    }

    /** RFC 9112 3.2.2: a server accepts the absolute form, though only proxies are meant to see it. */
    private static RequestTarget absolute(String raw) {
        String lower = raw.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (start < 0) {
            throw HttpException.badRequest("a request target that is neither a path nor an absolute URI");
        }
        int end = start;
        while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
            end++;
        }
        String rest = raw.substring(end);
        return origin(rest.startsWith("/") ? rest : "/" + rest, raw.substring(start, end));
    }

    private static RequestTarget origin(String raw, @Nullable String authority) {
        if (raw.indexOf('#') >= 0) {
            throw HttpException.badRequest("a fragment in the request target");
        }
        int mark = raw.indexOf('?');
        String rawPath = mark < 0 ? raw : raw.substring(0, mark);
        List<String> segments = segments(rawPath);
        return new RequestTarget(join(segments), segments, mark < 0 ? Map.of() : query(raw, mark + 1), authority);
    }

    /** Decodes first and removes dot segments after (RFC 3986 6.2.2.3), so that {@code %2e%2e} is what it means. */
    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>(4);
        int start = 1;
        while (start <= rawPath.length()) {
            int slash = rawPath.indexOf('/', start);
            int end = slash < 0 ? rawPath.length() : slash;
            addSegment(segments, PercentEncoding.decodeSegment(rawPath.substring(start, end)), slash < 0);
            start = end + 1;
        }
        return Collections.unmodifiableList(segments);
    }

    private static void addSegment(List<String> segments, String segment, boolean last) {
        boolean parent = segment.equals("..");
        if (!parent && !segment.equals(".")) {
            segments.add(segment);
            return;
        }
        if (parent && !segments.isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        if (last) {
            segments.add("");
        }
    }

    private static String join(List<String> segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(segment.replace("/", "%2F"));
        }
        return path.toString();
    }

    private static Map<String, List<String>> query(String raw, int from) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        int count = 0;
        int start = from;
        while (start <= raw.length()) {
            int ampersand = raw.indexOf('&', start);
            int end = ampersand < 0 ? raw.length() : ampersand;
            if (end > start) {
                if (++count > MAX_QUERY_PARAMETERS) {
                    throw HttpException.badRequest("more than " + MAX_QUERY_PARAMETERS + " query parameters");
                }
                addParameter(query, raw.substring(start, end));
            }
            start = end + 1;
        }
        query.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(query);
    }

    private static void addParameter(Map<String, List<String>> query, String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        query.computeIfAbsent(PercentEncoding.decodeQuery(name), n -> new ArrayList<>(1))
                .add(PercentEncoding.decodeQuery(value));
    }
}
