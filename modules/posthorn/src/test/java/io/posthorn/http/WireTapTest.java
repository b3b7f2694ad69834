package io.posthorn.http;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a tap sees is what a bare socket sends and gets. */
class WireTapTest {
    private final Seen seen = new Seen();

    @Test
    void anAnswerIsSeenAsItLeaves() {
        try (TestServer server = TestServer.of(exchange -> {
                    exchange.tap(seen);
                    exchange.respond(HttpResponse.text(200, "hello"));
                });
                RawClient client = server.connect()) {
            String answer = client.get("/").answer();
            assertThat(answer).endsWith("hello");
            await().until(seen::hasEnded);
            assertThat(seen.sent()).isEqualTo(answer);
            assertThat(seen.received()).isEmpty();
        }
    }

    @Test
    void anExchangeOnTheSameConnectionIsNotSeen() {
        try (TestServer server = TestServer.of(exchange -> {
                    if (exchange.path().equals("/seen")) {
                        exchange.tap(seen);
                    }
                    exchange.respond(HttpResponse.text(200, exchange.path()));
                });
                RawClient client = server.connect()) {
            client.get("/before").get("/seen").get("/after");
            client.answer();
            String answer = client.answer();
            assertThat(client.answer()).endsWith("/after");
            assertThat(seen.hasEnded()).isTrue();
            assertThat(seen.sent()).isEqualTo(answer);
        }
    }

    @Test
    void aTapMayBePutInOnAnotherThread() {
        try (TestServer server = TestServer.of(HttpHandler.blocking(exchange -> {
                    exchange.tap(seen);
                    exchange.respond(HttpResponse.text(200, "hello"));
                }));
                RawClient client = server.connect()) {
            String answer = client.get("/").answer();
            await().until(seen::hasEnded);
            assertThat(seen.sent()).isEqualTo(answer);
        }
    }

    @Test
    void aStreamIsSeenUntilItsEndAndWhatTheClientSendsToo() {
        StreamOwner owner = new StreamOwner(HttpResponse.of(200), stream -> {
            stream.write(HttpStream.chunk("one".getBytes(StandardCharsets.US_ASCII)));
            stream.flush();
        });
        try (TestServer server = TestServer.of(exchange -> {
                    exchange.tap(seen);
                    owner.handle(exchange);
                });
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nheld back");
            String answer = client.until("one\r\n");
            client.send(" and later");
            await().until(() -> seen.received().equals("held back and later"));
            assertThat(seen.sent()).isEqualTo(answer);
            assertThat(seen.hasEnded()).isFalse();
        }
        await().until(seen::hasEnded);
    }

    @Test
    void aCutEndsAStreamWithoutALastChunk() throws Exception {
        StreamOwner owner = new StreamOwner(HttpResponse.of(200), stream -> {});
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchange -> {
                    exchange.tap(seen);
                    owner.handle(exchange);
                    exchanges.add(exchange);
                });
                RawClient client = server.connect()) {
            client.get("/").head();
            exchanges.take().cut();
            assertThat(client.rest()).isEmpty();
            await().until(seen::hasEnded);
            await().untilAsserted(() -> assertThat(owner.told).containsExactly("closed"));
        }
    }

    @Test
    void aCutEndsAnExchangeThatWaitsForItsAnswer() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.get("/");
            HttpExchange exchange = exchanges.take();
            exchange.cut();
            assertThat(client.rest()).isEmpty();
            await().until(() -> server.stats().abandoned() == 1);
            exchange.respond(HttpResponse.text(200, "too late"));
            exchange.tap(seen);
            await().until(seen::hasEnded);
            assertThat(seen.sent()).isEmpty();
        }
    }

    @Test
    void anAnswerToAnExchangeThatWasCutIsNotSeen() {
        try (TestServer server = TestServer.of(exchange -> {
                    exchange.tap(seen);
                    exchange.cut();
                    exchange.respond(HttpResponse.text(403, "nobody hears this"));
                });
                RawClient client = server.connect()) {
            client.get("/");
            assertThat(client.rest()).isEmpty();
            await().until(seen::hasEnded);
            await().until(() -> server.stats().abandoned() == 1);
            assertThat(seen.sent()).isEmpty();
        }
    }

    @Test
    void whatAStreamIsGivenAfterACutIsNotSeen() {
        StreamOwner owner = new StreamOwner(HttpResponse.of(200), stream -> {});
        try (TestServer server = TestServer.of(exchange -> {
                    exchange.tap(seen);
                    HttpStream stream = exchange.stream(HttpResponse.of(200), owner);
                    stream.flush();
                    exchange.cut();
                    stream.write(HttpStream.chunk("nobody hears this".getBytes(StandardCharsets.US_ASCII)));
                    stream.flush();
                });
                RawClient client = server.connect()) {
            String head = client.get("/").rest();
            await().until(seen::hasEnded);
            assertThat(seen.sent()).isEqualTo(head).doesNotContain("nobody");
        }
    }

    @Test
    void aCutOfAnAnsweredExchangeLeavesTheConnectionToTheNext() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchange -> {
                    exchanges.add(exchange);
                    exchange.respond(HttpResponse.text(200, "hello"));
                });
                RawClient client = server.connect()) {
            client.get("/").answer();
            exchanges.take().cut();
            assertThat(client.get("/").answer()).endsWith("hello");
        }
    }

    @Test
    void aTapThatThrowsDoesNoHarm() {
        try (TestServer server = TestServer.of(exchange -> {
                    exchange.tap(new WireTap() {
                        @Override
                        public void onBytes(Direction direction, byte[] bytes) {
                            throw new IllegalStateException("broken");
                        }

                        @Override
                        public void onEnd() {
                            throw new IllegalStateException("broken");
                        }
                    });
                    exchange.respond(HttpResponse.text(200, "hello"));
                });
                RawClient client = server.connect()) {
            assertThat(client.get("/").answer()).endsWith("hello");
            assertThat(client.get("/").answer()).endsWith("hello");
        }
    }

    @Test
    void anExchangeHasOneTap() {
        BlockingQueue<Throwable> refusals = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchange -> {
                    exchange.tap(seen);
                    assertThatThrownBy(() -> exchange.tap(seen))
                            .isInstanceOf(IllegalStateException.class)
                            .satisfies(refusals::add);
                    exchange.respond(HttpResponse.text(200, "hello"));
                });
                RawClient client = server.connect()) {
            client.get("/").answer();
            assertThat(refusals).hasSize(1);
        }
    }

    @Test
    void aRequestKnowsItsSizeOnTheWire() {
        try (TestServer server = TestServer.of(exchange -> exchange.respond(
                        HttpResponse.text(200, String.valueOf(exchange.request().wireBytes()))));
                RawClient client = server.connect()) {
            String plain = "GET / HTTP/1.1\r\nHost:   a\r\n\r\n";
            String chunked =
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
            String sized = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
            assertThat(client.send(plain).answer()).endsWith("\r\n\r\n" + plain.length());
            assertThat(client.send(chunked).answer()).endsWith("\r\n\r\n" + chunked.length());
            assertThat(client.send(sized + plain).answer()).endsWith("\r\n\r\n" + sized.length());
            assertThat(client.answer()).endsWith("\r\n\r\n" + plain.length());
            chunked.chars().forEach(next -> client.send(String.valueOf((char) next)));
            assertThat(client.answer()).endsWith("\r\n\r\n" + chunked.length());
        }
    }

    /** What a tap is told, as Latin-1. */
    private static final class Seen implements WireTap {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int ends;

        @Override
        public synchronized void onBytes(Direction direction, byte[] bytes) {
            assertThat(ends).isZero();
            (direction == Direction.SENT ? sent : received).writeBytes(bytes);
        }

        @Override
        public synchronized void onEnd() {
            ends++;
        }

        synchronized boolean hasEnded() {
            assertThat(ends).isLessThanOrEqualTo(1);
            return ends == 1;
        }

        synchronized String sent() {
            return sent.toString(StandardCharsets.ISO_8859_1);
        }

        synchronized String received() {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
