package io.posthorn.feed;

import io.posthorn.feed.FeedJournal.Item;
import io.posthorn.feed.FeedJournal.Missing;
import io.posthorn.json.Json;
import io.posthorn.transport.ClientConnection;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader's time with one connection: asks for a feed over one transport, behind a cursor, and reads what comes. */
final class FeedVisit implements AutoCloseable {
    private static final Pattern GAP = Pattern.compile("after=\"([^\"]*)\", before=\"([^\"]*)\"");
    private static final String CALL = "=== \"function\") parent.take(";

    private final ClientConnection connection;
    private final TransportType type;
    private final boolean envelope;
    private final String place;
    private final Random random;
    private @Nullable Missing gap;
    private boolean begun;

    /** Connects; what comes is the messages behind a place. */
    FeedVisit(int port, TransportType type, Random random) throws IOException {
        this.connection = new ClientConnection(port);
        this.type = type;
        this.random = random;
        this.envelope = random.nextBoolean();
        this.place = random.nextBoolean() ? "cursor" : "Last-Event-ID";
    }

    /** Asks. A poll is to be asked for each time. */
    void ask(String path, String cursor) throws IOException {
        String target = path + "?callback=take" + (envelope ? "&envelope=json" : "")
                + (place.equals("cursor") ? "&cursor=" + cursor : "");
        String header = place.equals("cursor") ? "Accept: */*" : "Last-Event-ID: " + cursor;
        switch (type) {
            case SHORT_POLLING -> connection.get(target, header);
            case LONG_POLLING -> connection.get(target + "&wait=1", header);
            case IFRAME -> connection.get(target, header, "Sec-Fetch-Dest: iframe");
            case EVENT_SOURCE -> connection.get(target + "&transport=eventsource", header);
            case WEB_SOCKET -> connection.upgrade(target, header, "Sec-WebSocket-Protocol: posthorn.feed");
        }
    }

    boolean isPoll() {
        return type == TransportType.SHORT_POLLING || type == TransportType.LONG_POLLING;
    }

    /** Reads the head of the answer; not for polls that wait. */
    void begin() throws IOException {
        begun = true;
        connection.head();
    }

    /** The next that comes; nothing where the connection has ended. */
    List<Item> next() throws IOException {
        if (isPoll()) {
            return answer();
        }
        if (!begun) {
            begin();
        }
        return switch (type) {
            case IFRAME -> script();
            case EVENT_SOURCE -> event();
            case WEB_SOCKET -> frame();
            case SHORT_POLLING, LONG_POLLING -> throw new AssertionError("a poll");
        };
    }

    /** Leaves in the middle of something, politely or not. */
    void cut() throws IOException {
        connection.skip(random.nextInt(40)); // the first words of a message, which is not one yet
        if (random.nextBoolean()) {
            connection.reset();
        } else {
            connection.close();
        }
    }

    private List<Item> answer() throws IOException {
        ClientConnection.Head head = connection.head();
        byte[] body = connection.body(head);
        String id = Objects.requireNonNull(head.headers().get("etag")).replace("\"", "");
        if (head.status() == 204) {
            return List.of(new Item(id, null, null));
        }
        if (head.status() != 200) {
            throw new AssertionError("answered with " + head);
        }
        if (envelope) {
            List<Item> items = envelopes(body);
            if (!items.get(items.size() - 1).id().equals(id)) {
                throw new AssertionError(id + " is not the cursor of the last of " + items);
            }
            return items;
        }
        Matcher told = GAP.matcher(head.headers().getOrDefault("gap", ""));
        Missing missing = told.matches() ? new Missing(told.group(1), told.group(2)) : null;
        return List.of(new Item(id, missing, text(new String(body, StandardCharsets.UTF_8))));
    }

    private List<Item> script() throws IOException {
        for (String line = connection.nextLine(); line != null; line = connection.nextLine()) {
            int call = line.indexOf(CALL);
            if (call >= 0) {
                String arguments = line.substring(call + CALL.length(), line.length() - ");".length());
                List<?> values = Objects.requireNonNull(
                        Json.read(("[" + arguments + "]").getBytes(StandardCharsets.UTF_8), List.class));
                String data = String.valueOf(values.get(0));
                if (envelope) {
                    return envelopes(data.getBytes(StandardCharsets.UTF_8));
                }
                return List.of(item((Map<?, ?>) values.get(1), text(data)));
            }
        }
        return List.of();
    }

    /** WHATWG HTML 9.2.6, as far as it goes here. */
    private List<Item> event() throws IOException {
        String id = null;
        String event = "";
        List<String> data = new ArrayList<>();
        for (String line = connection.nextLine(); line != null; line = connection.nextLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.add(line.substring(6));
            } else if (line.isEmpty() && !data.isEmpty()) {
                List<Item> items = dispatch(id, event, String.join("\n", data));
                if (!items.isEmpty()) {
                    return items;
                }
                data.clear();
                event = "";
            }
        }
        return List.of();
    }

    private List<Item> dispatch(@Nullable String id, String event, String data) {
        if (envelope) {
            return envelopes(data.getBytes(StandardCharsets.UTF_8));
        }
        if (event.equals("gap")) {
            gap = missing(map(data.getBytes(StandardCharsets.UTF_8)));
            return List.of();
        }
        Item item = new Item(Objects.requireNonNull(id), gap, text(data));
        gap = null;
        return List.of(item);
    }

    private List<Item> frame() throws IOException {
        ClientConnection.Frame frame = connection.nextFrame();
        return frame == null || frame.opcode() == ClientConnection.CLOSE
                ? List.of()
                : envelopes(frame.text().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Item> envelopes(byte[] json) {
        if (json[0] != '[') {
            return List.of(envelope(map(json)));
        }
        List<?> all = Objects.requireNonNull(Json.read(json, List.class));
        return all.stream().map(one -> envelope((Map<?, ?>) one)).toList();
    }

    private static Item envelope(Map<?, ?> fields) {
        Object data = fields.get("data");
        String text = data instanceof Map<?, ?> json ? String.valueOf(json.get("said")) : text(data);
        return item(fields, text);
    }

    private static Item item(Map<?, ?> fields, @Nullable String text) {
        Missing missing = fields.get("gap") instanceof Map<?, ?> told ? missing(told) : null;
        return new Item(String.valueOf(fields.get("id")), missing, text);
    }

    private static Missing missing(Map<?, ?> told) {
        return new Missing((String) told.get("after"), String.valueOf(told.get("before")));
    }

    /** What a message said: {@code m:...} as text, in base64, or as JSON. */
    private static @Nullable String text(@Nullable Object data) {
        if (data == null) {
            return null;
        }
        String text = data.toString();
        if (text.startsWith("{")) {
            return String.valueOf(map(text.getBytes(StandardCharsets.UTF_8)).get("said"));
        }
        return text.startsWith("m:") ? text : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private static Map<?, ?> map(byte[] json) {
        return Objects.requireNonNull(Json.read(json, Map.class));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    @Override
    public String toString() {
        return type + (envelope ? " in envelopes" : "") + " by " + place;
    }
}
