package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.engineio.Admission;
import io.posthorn.engineio.EngineMiddleware;
import io.posthorn.engineio.EngineOptions;
import io.posthorn.engineio.EngineSocket;
import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpRequest;
import io.posthorn.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the official Engine.IO client expects of the server that its tests run against. */
final class EngineClientProfile {
    private static final String INDEX = """
            /engine.io/        Engine.IO 4: says hi, then sends each message back, of 100 bytes at most; pings every 500 ms;
                               the first answer sets four cookies
            /engine.io/?deny   refused
              give binary      is answered with five bytes
              give utf8        is answered with a text in Russian
              sendHeaders      is answered with the headers of the POST that it came in
            """;

    private static final String UTF8 = "пойду спать всем спокойной ночи";
    private static final byte[] BINARY = {0, 1, 2, 3, 4};

    /** The headers of each polling session's latest POST, by the session's id. */
    private final Map<String, Map<String, List<String>>> posts = new ConcurrentHashMap<>();

    private EngineClientProfile() {}

    /** A server that does not listen yet. */
    static Posthorn create(PosthornOptions options) {
        Posthorn posthorn = Unlimited.server(options, INDEX);
        EngineClientProfile profile = new EngineClientProfile();
        posthorn.engineIo("/engine.io/", profile.engine(), profile::connected);
        return posthorn;
    }

    private EngineOptions engine() {
        return Unlimited.engine()
                .withPings(Duration.ofMillis(500), Duration.ofSeconds(20))
                .withMaxPayload(100)
                .withAddTrailingSlash(false)
                .withAllowRequest(EngineClientProfile::allow)
                .withMiddleware(this::remember)
                .withInitialHeaders(EngineClientProfile::cookies);
    }

    private static Admission allow(HttpRequest handshake) {
        return handshake.query().containsKey("deny") ? Admission.refused() : Admission.allowed();
    }

    private static List<Map.Entry<String, String>> cookies(HttpRequest first) {
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        return List.of(
                Map.entry("Set-Cookie", "1=1; Max-Age=86400"),
                Map.entry("Set-Cookie", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict"),
                Map.entry("Set-Cookie", "3=3; Max-Age=0"),
                Map.entry("Set-Cookie", "4=4; Expires=" + now));
    }

    private void remember(HttpExchange exchange, EngineMiddleware.Next next) {
        if (exchange.method().equals("POST")) {
            exchange.queryParameter("sid")
                    .ifPresent(id -> posts.computeIfPresent(id, (known, headers) -> exchange.headers()));
        }
        next.proceed();
    }

    private void connected(EngineSocket socket) {
        posts.put(socket.id(), Map.of());
        socket.onClose((reason, description) -> posts.remove(socket.id()));
        socket.send("hi");
        socket.onBinary(socket::send);
        socket.onText(message -> {
            switch (message) {
                case "give binary" -> socket.send(BINARY);
                case "give utf8" -> socket.send(UTF8);
                case "sendHeaders" -> socket.send(headersOfPost(socket.id()));
                default -> socket.send(message);
            }
        });
    }

    private String headersOfPost(String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        posts.getOrDefault(id, Map.of()).forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return new String(Json.write(headers), StandardCharsets.UTF_8);
    }
}
