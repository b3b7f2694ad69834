package io.posthorn.engineio;

import io.posthorn.http.HttpResponse;
import io.posthorn.http.OriginPolicy;
import io.posthorn.http.RawClient;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.head;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EngineOptionsTest {
    private static final EngineOptions DEFAULTS = EngineOptions.defaults();
    private static final String OPEN = "EIO=4&transport=polling";
    private static final String WEB_SOCKET = "EIO=4&transport=websocket";

    @Test
    void whoIsNotAllowedIsToldInTheApplicationsWords() {
        EngineOptions options = DEFAULTS.withAllowRequest(request -> {
            assertThat(Thread.currentThread().getName()).doesNotContain("loop");
            return request.queryParameter("token").isPresent() ? Admission.allowed() : Admission.refused("no token");
        });
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            assertRefused(EngineClient.get(host, OPEN), 403, "{\"code\":4,\"message\":\"no token\"}");
            assertRefused(handshake(host, WEB_SOCKET), 403, "{\"code\":4,\"message\":\"no token\"}");
            assertThat(status(EngineClient.get(host, OPEN + "&token=1"))).isEqualTo(200);
            assertThat(handshake(host, WEB_SOCKET + "&token=1")).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void whoeverDecidesAndThrowsRefuses() {
        EngineOptions options = DEFAULTS.withAllowRequest(request -> {
            throw new IllegalStateException("as the test wants it");
        });
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            assertRefused(EngineClient.get(host, OPEN), 403, "{\"code\":4,\"message\":\"Forbidden\"}");
        }
    }

    @Test
    void middlewaresSeeEachRequestInOrder() {
        List<String> seen = new CopyOnWriteArrayList<>();
        EngineOptions options = DEFAULTS.withMiddleware((exchange, next) -> {
                    seen.add("first " + exchange.method());
                    CompletableFuture.runAsync(next::proceed);
                })
                .withMiddleware((exchange, next) -> {
                    seen.add("second");
                    next.proceed();
                    next.fail(new IllegalStateException("too late"));
                });
        try (EngineHost host = new EngineHost(options, new Recorder());
                EngineClient client = EngineClient.open(host)) {
            client.post("4a");
            assertThat(seen).containsExactly("first GET", "second", "first POST", "second");
        }
    }

    @Test
    void aMiddlewareMayAnswerFailOrThrow() {
        EngineOptions options = DEFAULTS.withMiddleware((exchange, next) -> {
            switch (exchange.queryParameter("do").orElse("")) {
                case "answer" -> exchange.respond(HttpResponse.text(401, "who are you?"));
                case "fail" -> next.fail(new IllegalStateException("as the test wants it"));
                default -> throw new IllegalStateException("as the test wants it");
            }
        });
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            assertThat(status(EngineClient.get(host, OPEN + "&do=answer"))).isEqualTo(401);
            assertRefused(EngineClient.get(host, OPEN + "&do=fail"), 400, "{\"code\":3,\"message\":\"Bad request\"}");
            assertRefused(EngineClient.get(host, OPEN), 400, "{\"code\":3,\"message\":\"Bad request\"}");
        }
    }

    @Test
    void headersAreAddedToTheFirstAnswerAndToAll() {
        EngineOptions options = DEFAULTS.withInitialHeaders(
                        request -> List.of(Map.entry("Set-Cookie", "a=1"), Map.entry("Set-Cookie", "b=2")))
                .withHeaders(request -> List.of(Map.entry("X-Seen", request.method())));
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            String first = EngineClient.get(host, OPEN);
            assertThat(head(first)).contains("\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2", "\r\nX-Seen: GET");
            try (EngineClient client = new EngineClient(host.port(), EngineClient.sid(first))) {
                assertThat(head(client.post("4a"))).contains("\r\nX-Seen: POST").doesNotContain("Set-Cookie");
                try (EngineFrames frames = client.webSocket()) {
                    assertThat(frames.head()).contains("\r\nX-Seen: GET").doesNotContain("Set-Cookie");
                }
            }
            assertThat(handshake(host, WEB_SOCKET)).contains("\r\nSet-Cookie: b=2", "\r\nX-Seen: GET");
        }
    }

    @Test
    void headersThatCannotBeMadeAreLeftOut() {
        EngineOptions options = DEFAULTS.withHeaders(request -> List.of(Map.entry("X-Bad", "a\r\nb")));
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            assertThat(status(EngineClient.get(host, OPEN))).isEqualTo(200);
            assertThat(handshake(host, WEB_SOCKET)).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void idsMayBeTheApplicationsAndComeLater() {
        AtomicInteger ids = new AtomicInteger();
        EngineOptions options =
                DEFAULTS.withIds(request -> CompletableFuture.supplyAsync(() -> "id-" + ids.incrementAndGet()));
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            assertThat(EngineClient.sid(EngineClient.get(host, OPEN))).isEqualTo("id-1");
            assertThat(EngineClient.sid(EngineClient.get(host, OPEN))).isEqualTo("id-2");
        }
    }

    @Test
    void anIdThatIsInUseOrNotToBeHadIsABadRequest() {
        AtomicInteger asked = new AtomicInteger();
        EngineOptions options = DEFAULTS.withIds(request -> switch (asked.getAndIncrement()) {
            case 0, 1 -> CompletableFuture.completedFuture("same");
            case 2 -> CompletableFuture.completedFuture("no id\n");
            case 3 -> CompletableFuture.failedFuture(new IllegalStateException("as the test wants it"));
            default -> throw new IllegalStateException("as the test wants it");
        });
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            assertThat(status(EngineClient.get(host, OPEN))).isEqualTo(200);
            for (int i = 0; i < 4; i++) {
                assertRefused(EngineClient.get(host, OPEN), 400, "{\"code\":3,\"message\":\"Bad request\"}");
            }
            assertThat(host.engine().sessions()).isOne();
        }
    }

    @Test
    void pagesOfOtherOriginsGetNoSessionByEitherTransport() {
        // S5: nothing is reflected, and a WebSocket's origin is looked at too.
        String forbidden = "{\"code\":4,\"message\":\"Forbidden\"}";
        try (EngineHost host = new EngineHost(DEFAULTS, new Recorder())) {
            String answer = EngineClient.get(host, OPEN, "Origin: https://evil.example");
            assertRefused(answer, 403, forbidden);
            assertThat(head(answer)).doesNotContainIgnoringCase("access-control-allow");
            assertRefused(handshake(host, WEB_SOCKET, "Origin: https://evil.example"), 403, forbidden);

            assertThat(status(EngineClient.get(host, OPEN, "Origin: http://a"))).isEqualTo(200);
            assertThat(handshake(host, WEB_SOCKET, "Origin: http://a")).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void pagesOfListedOriginsGetCorsHeaders() {
        EngineOptions options =
                DEFAULTS.withOrigins(OriginPolicy.of("https://good.example").withCredentials());
        try (EngineHost host = new EngineHost(options, new Recorder())) {
            assertThat(head(EngineClient.get(host, OPEN, "Origin: https://good.example")))
                    .contains("Access-Control-Allow-Origin: https://good.example")
                    .contains("Access-Control-Allow-Credentials: true");
            assertThat(handshake(host, WEB_SOCKET, "Origin: https://good.example"))
                    .startsWith("HTTP/1.1 101 ");
            String preflight = EngineClient.answer(
                    host, "OPTIONS", OPEN, "Origin: https://good.example", "Access-Control-Request-Method: POST");
            assertThat(status(preflight)).isEqualTo(204);
        }
    }

    @Test
    void aTransportThatIsNotServedIsUnknown() {
        String unknown = "{\"code\":0,\"message\":\"Transport unknown\"}";
        try (EngineHost host = new EngineHost(DEFAULTS.withTransports(TransportType.WEB_SOCKET), new Recorder())) {
            assertRefused(EngineClient.get(host, OPEN), 400, unknown);
            assertThat(handshake(host, WEB_SOCKET)).startsWith("HTTP/1.1 101 ");
        }
        try (EngineHost host = new EngineHost(DEFAULTS.withTransports(TransportType.LONG_POLLING), new Recorder())) {
            assertRefused(handshake(host, WEB_SOCKET), 400, unknown);
            assertThat(body(EngineClient.get(host, OPEN))).contains("\"upgrades\":[]");
        }
        assertThatThrownBy(() -> DEFAULTS.withTransports(TransportType.IFRAME))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutUpgradesAWebSocketForASessionIsABadRequest() {
        try (EngineHost host = new EngineHost(DEFAULTS.withAllowUpgrades(false), new Recorder());
                EngineClient client = EngineClient.open(host)) {
            assertThat(body(EngineClient.get(host, OPEN))).contains("\"upgrades\":[]");
            assertRefused(
                    handshake(host, WEB_SOCKET + "&sid=" + client.sid()),
                    400,
                    "{\"code\":3,\"message\":\"Bad request\"}");
            assertThat(handshake(host, WEB_SOCKET)).startsWith("HTTP/1.1 101 ");
        }
    }

    private static String handshake(EngineHost host, String query, String... headers) {
        try (RawClient client = new RawClient(host.port())) {
            return client.send(EngineFrames.handshake(query, headers)).answer();
        }
    }

    private static void assertRefused(String answer, int status, String body) {
        assertThat(status(answer)).isEqualTo(status);
        assertThat(body(answer)).isEqualTo(body);
    }
}
