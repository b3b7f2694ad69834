package io.posthorn.feed;

import java.util.ArrayList;
import java.util.List;

/**
 * The feeds of a pattern such as {@code /prices/{symbol}}. Each is made when it is first read or published to, and freed
 * when nobody has done so for some time; made anew it begins a new epoch, so that a reader from before is told of a gap.
 * Safe for all threads.
 */
public final class FeedPattern {
    private final FeedRegistry registry;

    FeedPattern(FeedRegistry registry) {
        this.registry = registry;
    }

    /** The pattern, as it was given. */
    public String pattern() {
        return registry.pattern();
    }

    /**
     * The feed of these values. It may be kept: it makes itself anew where it was freed meanwhile.
     *
     * @param values what stands in the place of the pattern's parameters, in order and not percent-encoded
     * @throws IllegalArgumentException where there are more or fewer of them than parameters, or one is empty
     */
    public Feed feed(String... values) {
        String pattern = registry.pattern();
        List<String> left = new ArrayList<>(List.of(values));
        StringBuilder path = new StringBuilder();
        for (String segment : pattern.substring(1).split("/", -1)) {
            boolean isParameter = segment.startsWith("{");
            boolean isRest = segment.endsWith("...}");
            if (isParameter && (left.isEmpty() || (left.get(0).isEmpty() && !isRest))) {
                throw new IllegalArgumentException("A feed of " + pattern + " needs a value for " + segment);
            }
            // In a path as requests have it, a slash inside of a segment stays encoded.
            path.append('/')
                    .append(
                            isParameter
                                    ? (isRest ? left.remove(0) : left.remove(0).replace("/", "%2F"))
                                    : segment);
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("A feed of " + pattern + " has no place for " + left);
        }
        return new Feed(registry, path.toString());
    }
}
