package io.posthorn.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An event stream read to its end, step by step as WHATWG HTML 9.2.6 has it. */
final class EventStream {
    private static final char BOM = '\ufeff';

    private final List<Event> events = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String idBuffer = "";
    private String lastEventId = "";
    private String retry = "";

    /** What was dispatched; the type is {@code message} where the event has no name. */
    record Event(String type, String data, String lastEventId) {}

    private EventStream() {}

    static EventStream of(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        String lines = !text.isEmpty() && text.charAt(0) == BOM ? text.substring(1) : text;
        EventStream stream = new EventStream();
        String rest = lines.replace("\r\n", "\n").replace('\r', '\n');
        // What follows the last line end is no line, and an event without an empty line after it is none.
        for (int end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
            stream.line(rest.substring(0, end));
            rest = rest.substring(end + 1);
        }
        return stream;
    }

    List<Event> events() {
        return events;
    }

    List<String> comments() {
        return comments;
    }

    /** What the reader sends as {@code Last-Event-ID} when it comes back. */
    String lastEventId() {
        return lastEventId;
    }

    /** How long it waits before that, in milliseconds; empty where it was not told. */
    String retry() {
        return retry;
    }

    private void line(String line) {
        int colon = line.indexOf(':');
        if (line.isEmpty()) {
            dispatch();
        } else if (colon == 0) {
            comments.add(line.substring(1));
        } else if (colon > 0) {
            String value = line.substring(colon + 1);
            field(line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        } else {
            field(line, "");
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> idBuffer = value.indexOf('\0') < 0 ? value : idBuffer;
            case "retry" -> retry = value.matches("[0-9]+") ? value : retry;
            default -> {
                // Any other field is ignored.
            }
        }
    }

    private void dispatch() {
        lastEventId = idBuffer;
        if (!data.isEmpty()) {
            String text = data.substring(0, data.length() - 1);
            events.add(new Event(type.isEmpty() ? "message" : type, text, lastEventId));
        }
        data.setLength(0);
        type = "";
    }
}
