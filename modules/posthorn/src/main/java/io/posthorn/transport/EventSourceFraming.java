package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Messages as server-sent events, which is what {@code EventSource} reads (WHATWG HTML 9.2). For all threads.
 *
 * <pre>
 *   retry: 2000                              at the beginning
 *
 *   event: gap                               where messages are missing
 *   data: {"after":"k3-4","before":"k3-8"}
 *
 *   id: k3-8                                 a message: its cursor,
 *   event: tick                              its name,
 *   data: one line of its text               and its data
 *   data: and the next
 *
 *   :                                        nothing to say, but the connection lives
 * </pre>
 */
public final class EventSourceFraming {
    /** The name of the event that tells a {@link Gap}. */
    private static final String GAP_EVENT = "gap";

    private static final String KEEP_ALIVE = ":\n\n";

    // WHATWG HTML 9.2.8 (the media type's registration): UTF-8 always, and a charset parameter serves no purpose.
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "text/event-stream",
            // "data: alert(1)" is JavaScript too.
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store, no-transform",
            "X-Accel-Buffering", "no");

    private EventSourceFraming() {}

    private record Key(Content content, @Nullable String event, long retryMillis) {}

    /**
     * A framing.
     *
     * @param content what stands in the data
     * @param event the name of messages that have none of their own; null leaves them unnamed, so that {@code onmessage} gets
     *     them
     * @param retry how long a reader that lost its connection waits before it comes back
     * @throws IllegalArgumentException where {@code retry} is negative
     */
    public static Framing of(Content content, @Nullable String event, Duration retry) {
        if (retry.isNegative()) {
            throw new IllegalArgumentException("retry must not be negative, but is " + retry);
        }
        Key key = new Key(content, event, retry.toMillis());
        return new Framing(new Framing.Parts(
                TransportType.EVENT_SOURCE,
                key,
                HEADERS,
                "retry: " + key.retryMillis + "\n\n",
                message -> wrap(key, message),
                KEEP_ALIVE,
                last -> "",
                true));
    }

    private static String wrap(Key key, Message message) {
        Payload payload = key.content.of(message);
        Optional<Gap> gap = key.content.isEnvelope() ? Optional.empty() : message.gap();
        StringBuilder text = new StringBuilder();
        if (payload == null) {
            return position(text, message, gap);
        }
        // The id comes with the message: who loses the connection between the two is told of the gap again.
        gap.ifPresent(missing -> gap(text, missing).append('\n'));
        message.cursor().ifPresent(cursor -> field(text, "id", cursor.toString()));
        event(text, message.event().orElse(key.event));
        data(text, payload);
        return text.append('\n').toString();
    }

    /** WHATWG HTML 9.2.6: dispatching sets the last event id, also where no data means that no event follows. */
    private static String position(StringBuilder text, Message message, Optional<Gap> gap) {
        message.cursor().ifPresent(cursor -> field(text, "id", cursor.toString()));
        gap.ifPresent(missing -> gap(text, missing));
        return text.append('\n').toString();
    }

    private static StringBuilder gap(StringBuilder text, Gap gap) {
        event(text, GAP_EVENT);
        return field(text, "data", ScriptJson.gap(gap));
    }

    /** WHATWG HTML 9.2.5: a value is any characters but CR and LF; NUL would be lost on the way to a header. */
    private static void event(StringBuilder text, @Nullable String name) {
        if (name == null) {
            return;
        }
        String line = name.replace("\r", "").replace("\n", "").replace("\0", "");
        if (!line.isEmpty()) {
            field(text, "event", line);
        }
    }

    private static void data(StringBuilder text, Payload payload) {
        if (payload.kind() == Payload.Kind.BINARY) {
            field(text, "data", Base64.getEncoder().encodeToString(payload.bytes()));
            return;
        }
        lines(text, payload.text());
    }

    /** WHATWG HTML 9.2.6: CRLF, LF and CR all end a line, and the reader joins the lines by LF. */
    private static void lines(StringBuilder text, String data) {
        int start = 0;
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c == '\r' || c == '\n') {
                field(text, "data", data, start, i);
                boolean isCrLf = c == '\r' && i + 1 < data.length() && data.charAt(i + 1) == '\n';
                i += isCrLf ? 1 : 0;
                start = i + 1;
            }
        }
        field(text, "data", data, start, data.length());
    }

    private static StringBuilder field(StringBuilder text, String name, String value) {
        return field(text, name, value, 0, value.length());
    }

    /** WHATWG HTML 9.2.6: one space after the colon is not part of the value, so there is always one. */
    private static StringBuilder field(StringBuilder text, String name, String value, int start, int end) {
        return text.append(name).append(": ").append(value, start, end).append('\n');
    }
}
