package io.posthorn.feed;

import io.posthorn.json.Json;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A named sequence of messages that is read over any transport. All methods may be called from any thread and return at
 * once; what one thread publishes is numbered in its order, and all readers see one order.
 *
 * <p>What is published is text where it is a {@link String}, binary where it is a {@code byte[]} (which must not be changed
 * afterwards), what it says where it is a {@link Payload} or a {@link Message}, and JSON where it is anything else.
 */
public final class Feed {
    private final FeedRegistry registry;
    private final String path;

    Feed(FeedRegistry registry, String path) {
        this.registry = registry;
        this.path = path;
    }

    /** The path that it is read at. */
    public String path() {
        return path;
    }

    /** What stands in its path where the pattern that it was made by has {@code {name}}; nothing for a feed of no pattern. */
    public Optional<String> parameter(String name) {
        String[] pattern = registry.pattern().split("/", -1);
        String[] segments = path.split("/", pattern.length);
        for (int i = 0; i < Math.min(pattern.length, segments.length); i++) {
            if (pattern[i].equals("{" + name + "}") || pattern[i].equals("{" + name + "...}")) {
                return Optional.of(segments[i]);
            }
        }
        return Optional.empty();
    }

    /**
     * Publishes a message.
     *
     * @return its cursor
     * @throws IllegalArgumentException where the data cannot be written as JSON
     * @throws IllegalStateException where there are as many feeds of its pattern as may be, or the server is closed
     */
    public Cursor publish(Object data) {
        return publish(message(null, data));
    }

    /**
     * Publishes a message with an event name.
     *
     * @param event 1 to 128 characters, no CR, LF and NUL
     * @return its cursor
     * @throws IllegalArgumentException where the name is none, or the data cannot be written as JSON
     * @throws IllegalStateException where there are as many feeds of its pattern as may be, or the server is closed
     */
    public Cursor publish(String event, Object data) {
        return publish(message(event, data));
    }

    /**
     * Lets the feed publish once in a period what a supplier gives, as long as anyone reads: there is one timer for all
     * readers, and none without. Whoever polls counts as a reader for two periods. It takes the place of an earlier supplier.
     *
     * @param period at least a millisecond
     * @param source called on a thread that may block, never twice at once; null is no message this time. What it throws is
     *     counted, and logged the first time
     */
    public void every(Duration period, Supplier<?> source) {
        if (period.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("A period is at least a millisecond, not " + period);
        }
        registry.every(path, period, source);
    }

    /** How many read it now; a poll that waits is one. */
    public int readers() {
        return registry.readers(path);
    }

    /**
     * Ends it: who reads is let go, a poll that waits with the answer that there was nothing; what was kept and its source
     * are gone. Used again it begins anew, with a new epoch, so that a reader from before is told of a gap.
     */
    public void end() {
        registry.end(path);
    }

    Cursor publish(Message message) {
        return registry.publish(path, message);
    }

    /** The message that says this, without a number yet. */
    static Message message(@Nullable String event, Object data) {
        if (data instanceof Message message) {
            return Message.of(event == null ? message.event().orElse(null) : event, payload(message));
        }
        if (data instanceof Payload payload) {
            return Message.of(event, payload);
        }
        if (data instanceof String text) {
            return Message.of(event, Payload.text(text));
        }
        return Message.of(event, data instanceof byte[] bytes ? Payload.binary(bytes) : Payload.json(Json.write(data)));
    }

    private static Payload payload(Message message) {
        return message.payload()
                .orElseThrow(() -> new IllegalArgumentException("A message without a payload cannot be published"));
    }

    @Override
    public String toString() {
        return "feed " + path;
    }
}
