package io.posthorn.feed;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** What one reader has had, over whatever transports: each message once and in order, or a gap that was told. */
final class FeedJournal {
    private final String label;
    private final Map<Long, String> texts = new TreeMap<>();
    private final List<Long> missing = new ArrayList<>();
    private String cursor;

    /** The two cursors of a gap, as they were told. */
    record Missing(@Nullable String after, String before) {}

    /** What came in one piece. */
    record Item(String id, @Nullable Missing gap, @Nullable String text) {}

    /** A journal that begins behind a cursor; the label says in failures which run it was. */
    FeedJournal(String cursor, String label) {
        this.cursor = cursor;
        this.label = label;
    }

    /** Where the reader is. */
    String cursor() {
        return cursor;
    }

    long number() {
        return number(cursor);
    }

    /** By number, what the messages said. */
    Map<Long, String> texts() {
        return texts;
    }

    /** The numbers that gaps have told to be missing. */
    List<Long> missing() {
        return missing;
    }

    void add(Item item, Object way) {
        String where = item + " by " + way + " behind " + cursor + ", " + label;
        long expected = number() + 1;
        if (item.gap != null) {
            assertThat(item.gap.after)
                    .as("the beginning of the gap in %s", where)
                    .isEqualTo(cursor);
            long before = number(item.gap.before);
            assertThat(before).as("the end of the gap in %s", where).isGreaterThan(expected);
            for (; expected < before; expected++) {
                missing.add(expected);
            }
        }
        if (item.text == null) {
            assertThat(number(item.id)).as("the place told by %s", where).isEqualTo(expected - 1);
        } else {
            assertThat(number(item.id)).as("the number of %s", where).isEqualTo(expected);
            texts.put(expected, item.text);
        }
        cursor = item.id;
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
