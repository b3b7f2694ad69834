package io.posthorn.feed;

import io.posthorn.http.HttpRequest;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.IframeFraming;
import io.posthorn.transport.Message;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request asks a feed for.
 *
 * @param transport the way down
 * @param cursor where the reader was, as it said so; null where it said nothing
 * @param waits how long a long poll may wait; null where nothing was said
 * @param prefersWait whether that was said by {@code Prefer}, which is answered
 * @param envelope whether everything comes as JSON
 * @param http the request itself, for what only one transport wants
 */
record FeedRequest(
        TransportType transport,
        @Nullable String cursor,
        @Nullable Duration waits,
        boolean prefersWait,
        boolean envelope,
        HttpRequest http) {
    /** So many always fit into a long. */
    private static final int MAX_DIGITS = 18;

    private static final String BAD_TRANSPORT =
            "transport is one of short, long, iframe, eventsource and websocket, not what was asked for";

    /**
     * Reads a request.
     *
     * @throws FeedException where it makes no sense
     */
    static FeedRequest of(HttpRequest request) {
        Optional<Long> preferred = preferredWait(request);
        Optional<Long> asked = request.queryParameter("wait").map(FeedRequest::seconds);
        Duration waits = asked.or(() -> preferred).map(Duration::ofSeconds).orElse(null);
        TransportType transport = transport(request, waits != null);
        return new FeedRequest(
                transport,
                cursor(request, transport),
                waits,
                asked.isEmpty() && preferred.isPresent(),
                envelope(request),
                request);
    }

    /** Whether the reader says where it was. */
    boolean resumes() {
        return cursor != null;
    }

    /** Where the reader was, where that can be a cursor at all. */
    @Nullable
    Cursor from() {
        return cursor == null ? null : Cursor.parse(cursor).orElse(null);
    }

    /**
     * The name for messages that have none of their own.
     *
     * @throws FeedException where it is none
     */
    @Nullable
    String defaultEvent() {
        String name =
                http.queryParameter("event").filter(text -> !text.isEmpty()).orElse(null);
        if (name != null && !Message.isEventName(name)) {
            throw new FeedException(400, "event is a name of at most 128 characters without CR, LF and NUL");
        }
        return name;
    }

    /**
     * What an iframe calls.
     *
     * @throws FeedException where it is no dotted identifier
     */
    Optional<String> callback() {
        Optional<String> name = http.queryParameter("callback").filter(text -> !text.isEmpty());
        if (name.isPresent() && !IframeFraming.isCallback(name.get())) {
            throw new FeedException(400, "callback is a dotted identifier, such as app.setTime");
        }
        return name;
    }

    /** Of which origin the page is that an iframe sends messages to, as its address says. */
    Optional<String> origin() {
        return http.queryParameter("origin").filter(text -> !text.isEmpty());
    }

    /** The query with which an iframe begins anew: its own, but for the place where it was. */
    Map<String, String> reloadQuery() {
        return http.query().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("cursor"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, parameter -> parameter.getValue().get(0)));
    }

    /** Whether a short poll that does not resume has this message already, as its browser says. */
    boolean hasLatest(Cursor latest) {
        return transport == TransportType.SHORT_POLLING
                && !resumes()
                && EntityTags.matches(http.headers("If-None-Match"), latest);
    }

    /** In this order: what the address says, what the request is, and, where it could be anything, a short poll. */
    private static TransportType transport(HttpRequest request, boolean waits) {
        Optional<String> named = request.queryParameter("transport");
        if (named.isPresent()) {
            return named(named.get());
        }
        if (hasToken(request.headers("Upgrade"), "websocket")) {
            return TransportType.WEB_SOCKET;
        }
        if (hasToken(request.headers("Accept"), "text/event-stream")) {
            return TransportType.EVENT_SOURCE;
        }
        // Browsers send it to https and localhost only.
        Optional<String> destination = request.header("Sec-Fetch-Dest");
        boolean framed = destination
                .map(value -> value.equals("iframe") || value.equals("frame"))
                .orElseGet(() -> hasToken(request.headers("Accept"), "text/html"));
        if (framed) {
            return TransportType.IFRAME;
        }
        return waits ? TransportType.LONG_POLLING : TransportType.SHORT_POLLING;
    }

    private static TransportType named(String name) {
        return switch (name) {
            case "short" -> TransportType.SHORT_POLLING;
            case "long" -> TransportType.LONG_POLLING;
            case "iframe" -> TransportType.IFRAME;
            case "eventsource" -> TransportType.EVENT_SOURCE;
            case "websocket" -> TransportType.WEB_SOCKET;
            default -> throw new FeedException(400, BAD_TRANSPORT);
        };
    }

    /**
     * An EventSource that reconnects sends the address that it was made with and, as a header, where it is by now: so the
     * header counts. {@code If-None-Match} is what browsers send by themselves on a short poll, and means no more there.
     */
    private static @Nullable String cursor(HttpRequest request, TransportType transport) {
        return request.header("Last-Event-ID")
                .filter(id -> !id.isEmpty())
                .or(() -> request.queryParameter("cursor").filter(id -> !id.isEmpty()))
                .or(() -> transport == TransportType.SHORT_POLLING
                        ? Optional.empty()
                        : request.header("If-None-Match").map(EntityTags::first))
                .orElse(null);
    }

    private static boolean envelope(HttpRequest request) {
        Optional<String> envelope = request.queryParameter("envelope");
        if (envelope.isPresent() && !envelope.get().equals("json")) {
            throw new FeedException(400, "envelope is json, or not there");
        }
        return envelope.isPresent();
    }

    private static long seconds(String text) {
        return digits(text).orElseThrow(() -> new FeedException(400, "wait is a whole number of seconds"));
    }

    /** RFC 7240 2: a preference that makes no sense is as if it were not there. */
    private static Optional<Long> preferredWait(HttpRequest request) {
        return request.headers("Prefer").stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(preference -> preference.split(";", 2)[0].trim())
                .filter(preference -> preference.toLowerCase(Locale.ROOT).startsWith("wait"))
                .map(preference -> preference.substring("wait".length()).trim())
                .filter(value -> value.startsWith("="))
                // Its value is a word: a token, or a string in quotes.
                .flatMap(value -> digits(value.substring(1).trim().replace("\"", "")).stream())
                .findFirst();
    }

    private static Optional<Long> digits(String text) {
        boolean isNumber =
                !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** Whether a list of tokens or media ranges has one, whatever its parameters. */
    private static boolean hasToken(List<String> lines, String wanted) {
        return lines.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(element -> element.split(";", 2)[0].trim())
                .anyMatch(wanted::equalsIgnoreCase);
    }
}
