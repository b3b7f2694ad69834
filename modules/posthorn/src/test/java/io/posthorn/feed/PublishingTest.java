package io.posthorn.feed;

import io.posthorn.http.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code POST} on a feed's path. */
@Timeout(60)
class PublishingTest {
    private static final FeedOptions OPEN = FeedOptions.defaults().withPublishing(PublishAuthorizer.anyone());
    private static final String TEXT = "Content-Type: text/plain";

    @Test
    void byDefaultNobodyPublishesOverHttp() {
        try (FeedServer server = new FeedServer()) {
            assertThat(server.post("forged", TEXT))
                    .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                    .contains("\r\nAllow: GET, HEAD, OPTIONS\r\n");
            assertThat(server.stats().published()).isZero();
        }
    }

    @Test
    void aPublisherIsAnsweredWithTheNewCursor() {
        try (FeedServer server = new FeedServer(OPEN)) {
            String first = server.post("one", TEXT);
            String cursor = FeedServer.etag(first);
            assertThat(first)
                    .isEqualTo("HTTP/1.1 200 OK\r\n"
                            + "ETag: \"" + cursor + "\"\r\n"
                            + "Cache-Control: no-store\r\n"
                            + "Access-Control-Expose-Headers: ETag\r\n"
                            + "Content-Type: application/json\r\n"
                            + "content-length: " + ("{\"id\":\"" + cursor + "\"}").length() + "\r\n"
                            + "\r\n"
                            + "{\"id\":\"" + cursor + "\"}");
            assertThat(cursor).endsWith("-1");
            assertThat(server.post("two", TEXT)).contains(cursor.replace("-1", "-2"));
            assertThat(server.get("/feed?cursor=" + cursor)).endsWith("\r\n\r\ntwo");
        }
    }

    @Test
    void whatIsPublishedReachesEveryTransport() {
        try (FeedServer server = new FeedServer(OPEN);
                RawClient poll = server.send("/feed?wait=30");
                FeedStream stream = server.eventSource("/feed");
                FeedStream frame = server.stream("/feed?transport=iframe");
                FeedSocket socket = server.webSocket("/feed")) {
            server.awaitReaders(4);
            String cursor = FeedServer.etag(server.post("12:00", TEXT, "Event: tick"));
            assertThat(poll.answer()).contains("\r\nEvent: tick\r\n").endsWith("\r\n\r\n12:00");
            stream.chunk();
            stream.chunk();
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\nevent: tick\ndata: 12:00\n\n");
            frame.chunk();
            assertThat(frame.chunk()).contains("(\"12:00\",{\"id\":\"" + cursor + "\",\"event\":\"tick\"});");
            assertThat(socket.text()).isEqualTo("12:00");
            assertThat(server.get("/feed")).endsWith("\r\n\r\n12:00");
        }
    }

    @Test
    void whomTheAuthorizerRefusesGets403() {
        PublishAuthorizer key = exchange -> exchange.header("Authorization").equals(Optional.of("Bearer key"));
        try (FeedServer server = new FeedServer(FeedOptions.defaults().withPublishing(key))) {
            assertThat(server.post("forged", TEXT)).startsWith("HTTP/1.1 403 Forbidden\r\n");
            assertThat(server.post("forged", TEXT, "Authorization: Bearer other"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(server.stats().published()).isZero();
            assertThat(server.stats().refusedPublishes()).isEqualTo(2);
            assertThat(server.post("one", TEXT, "Authorization: Bearer key")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(server.stats().published()).isEqualTo(1);
        }
    }

    @Test
    void anAuthorizerThatThrowsLetsNobodyPublish() {
        PublishAuthorizer broken = exchange -> {
            throw new IllegalStateException("no database in this test");
        };
        try (FeedServer server = new FeedServer(FeedOptions.defaults().withPublishing(broken))) {
            assertThat(server.post("one", TEXT))
                    .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
                    .doesNotContain("database");
            assertThat(server.stats().published()).isZero();
        }
    }

    @Test
    void anAuthorizerMayBlock() throws Exception {
        CountDownLatch decided = new CountDownLatch(1);
        PublishAuthorizer slow = exchange -> decided.await(30, TimeUnit.SECONDS);
        try (FeedServer server = new FeedServer(FeedOptions.defaults().withPublishing(slow));
                RawClient publisher = server.connect()) {
            publisher.send("POST /feed HTTP/1.1\r\nHost: a\r\n" + TEXT + "\r\nContent-Length: 3\r\n\r\none");
            assertThat(server.get("/feed")).startsWith("HTTP/1.1 204 ");
            decided.countDown();
            assertThat(publisher.answer()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void aMessageMayBeSoLargeAndNoLarger() {
        try (FeedServer server =
                new FeedServer(OPEN.withLimits(FeedLimits.defaults().withMaxMessage(5)))) {
            assertThat(server.post("12345", TEXT)).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(server.post("123456", TEXT)).startsWith("HTTP/1.1 413 ");
            assertThat(server.stats().published()).isEqualTo(1);
            assertThat(server.stats().refusedPublishes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,}", "NaN", "1 2", "'a'"})
    void whatSaysThatItIsJsonIsJson(String body) {
        try (FeedServer server = new FeedServer(OPEN)) {
            assertThat(server.post(body, "Content-Type: application/json")).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(server.post(body, "Content-Type: application/geo+json; a=b"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(server.stats().published()).isZero();
        }
    }

    @Test
    void jsonStandsInItsEnvelopeAsItIs() {
        try (FeedServer server = new FeedServer(OPEN)) {
            String cursor = FeedServer.etag(server.post("{\"a\": [1, null]}", "Content-Type: application/json"));
            assertThat(server.get("/feed")).endsWith("\r\n\r\n{\"a\": [1, null]}");
            assertThat(server.get("/feed?envelope=json"))
                    .endsWith("\r\n\r\n{\"id\":\"" + cursor + "\",\"data\":{\"a\": [1, null]}}");
        }
    }

    @ParameterizedTest
    @CsvSource({"tick, tick, tick", "%E4%B8%A4, %E4%B8%A4, 两", "100%, 100%25, 100%", "a%20b, a%20b, a b"})
    void theEventNameOfAPublisherIsReadAsItIsWritten(String sent, String answered, String name) {
        try (FeedServer server = new FeedServer(OPEN);
                FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            server.post("data", TEXT, "Event: " + sent);
            assertThat(server.get("/feed")).contains("\r\nEvent: " + answered + "\r\n");
            assertThat(stream.chunk()).contains("\nevent: " + name + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0Ab", "a%0Db", "%00", ""})
    void anEventNameThatWouldBreakAStreamIsRefused(String name) {
        try (FeedServer server = new FeedServer(OPEN)) {
            assertThat(server.post("data", TEXT, "Event: " + name)).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(server.post("data", TEXT, "Event: " + "x".repeat(129))).startsWith("HTTP/1.1 400 ");
            assertThat(server.stats().published()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html; charset=UTF-8",
                "text/markdown;charset=\"utf-8\"",
                "application/geo+json",
                "image/svg+xml",
                "image/png"
            })
    void theContentTypeIsKept(String type) {
        try (FeedServer server = new FeedServer(OPEN)) {
            server.post("{}", "Content-Type: " + type);
            assertThat(server.get("/feed"))
                    .contains(
                            "\r\nContent-Type: " + type + "\r\n",
                            "\r\nContent-Security-Policy: default-src 'none'; sandbox\r\n",
                            "\r\nX-Content-Type-Options: nosniff\r\n")
                    .endsWith("\r\n\r\n{}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=iso-8859-1, Grüße",
        "text/plain, Grüße",
        "application/octet-stream, a",
        "image/png, a"
    })
    void whatIsNotTextInUtf8IsCarriedAsBinary(String type, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        try (FeedServer server = new FeedServer(OPEN);
                FeedStream stream = server.eventSource("/feed");
                FeedSocket socket = server.webSocket("/feed")) {
            server.awaitReaders(2);
            String cursor = FeedServer.etag(server.post("/feed", bytes, "Content-Type: " + type));
            String base64 = Base64.getEncoder().encodeToString(bytes);
            assertThat(server.get("/feed"))
                    .contains("\r\nContent-Type: " + type + "\r\n")
                    .endsWith("\r\n\r\n" + text);
            assertThat(server.get("/feed?envelope=json"))
                    .endsWith("{\"id\":\"" + cursor + "\",\"data\":\"" + base64 + "\",\"encoding\":\"base64\"}");
            stream.chunk();
            stream.chunk();
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\ndata: " + base64 + "\n\n");
            assertThat(socket.binary()).isEqualTo(bytes);
        }
    }

    @Test
    void withoutAContentTypeItIsBinary() {
        try (FeedServer server = new FeedServer(OPEN);
                FeedSocket socket = server.webSocket("/feed")) {
            server.awaitReaders(1);
            server.post("/feed", "abc".getBytes(UTF_8));
            assertThat(socket.binary()).asString().isEqualTo("abc");
            assertThat(server.get("/feed")).contains("\r\nContent-Type: application/octet-stream\r\n");
        }
    }

    @Test
    void oneConnectionPublishesInItsOrder() {
        try (FeedServer server = new FeedServer(OPEN);
                RawClient publisher = server.connect();
                FeedStream stream = server.eventSource("/feed")) {
            stream.chunk();
            stream.chunk();
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                requests.append("POST /feed HTTP/1.1\r\nHost: a\r\n" + TEXT + "\r\nContent-Length: 2\r\n\r\n")
                        .append((char) ('a' + i))
                        .append('!');
            }
            publisher.send(requests.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(publisher.answer()).contains("-" + (i + 1) + "\"}");
                assertThat(stream.chunk()).endsWith("data: " + (char) ('a' + i) + "!\n\n");
            }
        }
    }
}
