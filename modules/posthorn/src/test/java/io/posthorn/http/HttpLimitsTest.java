package io.posthorn.http;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class HttpLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final HttpHandler LENGTH_OF_BODY =
            exchange -> exchange.respond(HttpResponse.text(200, String.valueOf(exchange.body().length)));

    @Test
    void aRequestLineUpToTheLimitPassesAndALongerOneIsRefusedWith414() {
        HttpLimits limits = HttpLimits.defaults().withMaxRequestLine(100);
        String target = "/" + "x".repeat(100 - "GET / HTTP/1.1".length());
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY)) {
            assertThat(statusOf(server, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .isEqualTo(200);
            assertThat(statusOf(server, "GET " + target + "x HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .isEqualTo(414);
            assertThat(server.stats().refused(Refusal.REQUEST_LINE_TOO_LONG)).isEqualTo(1);
        }
    }

    @Test
    void aRequestLineThatNeverEndsIsRefusedWith414() {
        try (TestServer server = TestServer.of(LENGTH_OF_BODY)) {
            assertThat(statusOf(server, "GET /" + "x".repeat(9000))).isEqualTo(414);
        }
    }

    @Test
    void tooManyHeadersAreRefusedWith431() {
        HttpLimits limits = HttpLimits.defaults().withMaxHeaders(3, 1000);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY)) {
            assertThat(statusOf(server, "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nA: b\r\n\r\n"))
                    .isEqualTo(200);
            assertThat(statusOf(server, "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nA: b\r\nA: b\r\n\r\n"))
                    .isEqualTo(431);
            assertThat(server.stats().refused(Refusal.TOO_MANY_HEADERS)).isEqualTo(1);
        }
    }

    @Test
    void tooManyBytesOfHeadersAreRefusedWith431() {
        HttpLimits limits = HttpLimits.defaults().withMaxHeaders(10, 100);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY)) {
            String header = "A: " + "x".repeat(100 - "Host: a".length() - "A: ".length());
            assertThat(statusOf(server, "GET / HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n"))
                    .isEqualTo(200);
            assertThat(statusOf(server, "GET / HTTP/1.1\r\nHost: a\r\n" + header + "x\r\n\r\n"))
                    .isEqualTo(431);
        }
    }

    @Test
    void aBodyUpToTheLimitPassesAndALongerOneIsRefusedWith413() {
        HttpLimits limits = HttpLimits.defaults().withMaxBody(10);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY)) {
            assertThat(statusOf(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789"))
                    .isEqualTo(200);
            assertThat(statusOf(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"))
                    .isEqualTo(413);
            String chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n";
            assertThat(statusOf(server, chunked + "3\r\n89a\r\n")).isEqualTo(413);
            assertThat(server.stats().refused(Refusal.BODY_TOO_LARGE)).isEqualTo(2);
        }
    }

    @Test
    void theAnswerToAnUploadThatIsTooLargeArrivesThoughTheUploadGoesOn() {
        try (TestServer server = TestServer.of(LENGTH_OF_BODY);
                RawClient client = server.connect()) {
            int length = 3 * 1024 * 1024;
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
            client.send(new byte[length]);
            assertThat(client.rest()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aConnectionTooManyIsRefusedWith503AndComesAgainLater() {
        HttpLimits limits = HttpLimits.defaults().withMaxConnections(2, 100);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY);
                RawClient first = server.connect();
                RawClient second = server.connect()) {
            assertThat(first.get("/").answer()).startsWith("HTTP/1.1 200 ");
            assertThat(second.get("/").answer()).startsWith("HTTP/1.1 200 ");
            try (RawClient third = server.connect()) {
                assertThat(third.rest()).startsWith("HTTP/1.1 503 ").contains("Retry-After: ", "connection: close");
            }
            second.endOutput();
            await().until(() -> server.stats().active() == 1);
            assertThat(statusOf(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(200);
            assertThat(server.stats().refused(Refusal.TOO_MANY_CONNECTIONS)).isEqualTo(1);
        }
    }

    @Test
    void aConnectionTooManyOfOneAddressIsRefusedWith503() {
        HttpLimits limits = HttpLimits.defaults().withMaxConnections(100, 1);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY);
                RawClient first = server.connect()) {
            assertThat(first.get("/").answer()).startsWith("HTTP/1.1 200 ");
            try (RawClient second = server.connect()) {
                assertThat(second.rest()).startsWith("HTTP/1.1 503 ");
            }
            assertThat(server.stats().refused(Refusal.TOO_MANY_CONNECTIONS_OF_ADDRESS))
                    .isEqualTo(1);
        }
    }

    @Test
    void behindATrustedProxyTheClientsExchangesAreCounted() throws Exception {
        HttpOptions options = HttpOptions.defaults()
                .withLimits(HttpLimits.defaults().withMaxConnections(100, 1))
                .withForwarded(ForwardedHeaders.trusted());
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(options, exchanges::add);
                RawClient proxy1 = server.connect();
                RawClient proxy2 = server.connect();
                RawClient proxy3 = server.connect()) {
            proxy1.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n");
            HttpExchange running = exchanges.take();
            proxy2.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n");
            assertThat(proxy2.rest()).startsWith("HTTP/1.1 503 ");
            proxy3.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.2\r\n\r\n");
            exchanges.take().respond(HttpResponse.of(204));
            assertThat(proxy3.answer()).startsWith("HTTP/1.1 204 ");
            running.respond(HttpResponse.of(204));
            assertThat(proxy1.answer()).startsWith("HTTP/1.1 204 ");
            proxy1.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n");
            exchanges.take().respond(HttpResponse.of(204));
            assertThat(proxy1.answer()).startsWith("HTTP/1.1 204 ");
        }
    }

    @Test
    void aHeadThatTakesTooLongIsRefusedWith408ThoughItsBytesKeepComing() {
        HttpLimits limits = HttpLimits.defaults().withDeadlines(SHORT, LONG, LONG);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                if (server.stats().refused(Refusal.HEAD_TIMEOUT) == 0) {
                    client.send("x");
                }
                return server.stats().refused(Refusal.HEAD_TIMEOUT) == 1;
            });
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                    .contains("connection: close");
        }
    }

    @Test
    void aBodyThatTakesTooLongIsRefusedWith408() {
        HttpLimits limits = HttpLimits.defaults().withDeadlines(LONG, SHORT, LONG);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0");
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ");
            assertThat(server.stats().refused(Refusal.BODY_TIMEOUT)).isEqualTo(1);
        }
    }

    @Test
    void anIdleConnectionIsClosedInSilence() {
        HttpLimits limits = HttpLimits.defaults().withDeadlines(LONG, LONG, SHORT);
        try (TestServer server = TestServer.of(limits, LENGTH_OF_BODY);
                RawClient client = server.connect();
                RawClient silent = server.connect()) {
            assertThat(client.get("/").answer()).startsWith("HTTP/1.1 200 ");
            assertThat(client.rest()).isEmpty();
            assertThat(silent.rest()).isEmpty();
            assertThat(server.stats().idle()).isEqualTo(2);
        }
    }

    @Test
    void aPendingAnswerHasNoDeadline() throws Exception {
        HttpLimits limits = HttpLimits.defaults().withDeadlines(SHORT, SHORT, SHORT);
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(limits, exchanges::add);
                RawClient client = server.connect();
                RawClient witness = server.connect()) {
            client.get("/");
            HttpExchange exchange = exchanges.take();
            assertThat(witness.rest()).isEmpty();
            exchange.respond(HttpResponse.of(204));
            assertThat(client.answer()).startsWith("HTTP/1.1 204 ");
        }
    }

    @Test
    void limitsThatAreNotPositiveAreRefused() {
        assertThatThrownBy(() -> HttpLimits.defaults().withMaxConnections(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The limit maxConnections must be positive.");
        assertThat(HttpLimits.defaults().withMaxBody(0).maxBody()).isZero();
    }

    private static int statusOf(TestServer server, String request) {
        try (RawClient client = server.connect()) {
            return Integer.parseInt(client.send(request).answer().split(" ", 3)[1]);
        }
    }
}
