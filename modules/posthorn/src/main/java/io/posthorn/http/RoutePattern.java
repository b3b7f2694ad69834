package io.posthorn.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A path that routes match: literal segments, {@code {name}} for any one segment that is not empty, and as the last one
 * {@code {name...}} for all that is left.
 *
 * @param text as it was written
 * @param parts one per segment
 */
record RoutePattern(String text, List<Part> parts) implements Comparable<RoutePattern> {
    private enum Kind {
        LITERAL,
        SEGMENT,
        REST
    }

    private record Part(Kind kind, String text) {
        static Part parse(String segment) {
            if (!segment.startsWith("{") || !segment.endsWith("}")) {
                return new Part(Kind.LITERAL, segment);
            }
            String name = segment.substring(1, segment.length() - 1);
            return name.endsWith("...")
                    ? new Part(Kind.REST, name.substring(0, name.length() - 3))
                    : new Part(Kind.SEGMENT, name);
        }
    }

    /**
     * Parses a pattern.
     *
     * @throws IllegalArgumentException where it does not begin with a slash, a name is empty or comes twice, or more
     *     follows a {@code {name...}}
     */
    static RoutePattern parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("A route's path begins with a slash: " + text);
        }
        List<Part> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String segment : text.substring(1).split("/", -1)) {
            Part part = Part.parse(segment);
            if (part.kind == Kind.LITERAL && (segment.contains("{") || segment.contains("}"))) {
                throw new IllegalArgumentException("A parameter is a whole segment of a route's path: " + text);
            }
            if (part.kind != Kind.LITERAL && (part.text.isEmpty() || names.contains(part.text))) {
                throw new IllegalArgumentException("A route's parameters need names, each another: " + text);
            }
            if (!parts.isEmpty() && parts.get(parts.size() - 1).kind == Kind.REST) {
                throw new IllegalArgumentException("Nothing follows {name...} in a route's path: " + text);
            }
            if (part.kind == Kind.LITERAL && (segment.contains("?") || segment.contains("#") || segment.equals("*"))) {
                throw new IllegalArgumentException(
                        "A route's path has no query and no asterisk; {name...} is the rest of a path: " + text);
            }
            names.add(part.text);
            parts.add(part);
        }
        return new RoutePattern(text, List.copyOf(parts));
    }

    /** Whether a path is one of this pattern's. */
    boolean matches(List<String> segments) {
        for (int i = 0; i < parts.size(); i++) {
            if (i >= segments.size()) {
                return false;
            }
            Part part = parts.get(i);
            boolean fits = switch (part.kind) {
                case LITERAL -> part.text.equals(segments.get(i));
                case SEGMENT -> !segments.get(i).isEmpty();
                case REST -> true;
            };
            if (!fits || part.kind == Kind.REST) {
                return fits;
            }
        }
        return segments.size() == parts.size();
    }

    /** The parameters of a path that matches. */
    Map<String, String> parameters(List<String> segments) {
        if (parts.stream().allMatch(part -> part.kind == Kind.LITERAL)) {
            return Map.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.kind != Kind.LITERAL) {
                parameters.put(part.text, part.kind == Kind.REST ? rest(segments, i) : segments.get(i));
            }
        }
        return parameters.size() == 1 ? Map.copyOf(parameters) : Collections.unmodifiableMap(parameters);
    }

    /** Whether two patterns match the same paths, whatever their parameters are called. */
    boolean isSameAs(RoutePattern other) {
        return compareTo(other) == 0;
    }

    /** What says more comes first: segment by segment, a literal before a parameter, that before the rest. */
    @Override
    public int compareTo(RoutePattern other) {
        for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
            Part mine = parts.get(i);
            Part theirs = other.parts.get(i);
            int order = mine.kind.compareTo(theirs.kind);
            if (order == 0 && mine.kind == Kind.LITERAL) {
                order = mine.text.compareTo(theirs.text);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(other.parts.size(), parts.size());
    }

    /** An encoded slash stays encoded in what is left of a path, as it is no separator there. */
    private static String rest(List<String> segments, int from) {
        return segments.stream()
                .skip(from)
                .map(segment -> segment.replace("/", "%2F"))
                .collect(Collectors.joining("/"));
    }
}
