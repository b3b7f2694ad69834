package io.posthorn.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class HttpKeepAliveTest {
    private static final HttpHandler HANDLER = exchange -> exchange.respond(
            switch (exchange.path()) {
                case "/204" -> HttpResponse.of(204);
                case "/304" -> HttpResponse.of(304).header("ETag", "\"1\"");
                case "/close" -> HttpResponse.text(200, "bye").header("Connection", "close");
                default -> HttpResponse.text(200, "body " + new String(exchange.body(), StandardCharsets.UTF_8));
            });

    @Test
    void http11KeepsTheConnectionUnlessAskedToClose() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            assertThat(client.get("/").answer()).doesNotContain("connection");
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\n").contains("connection: close\r\n");
        }
    }

    @Test
    void http10ClosesTheConnectionUnlessAskedToKeepIt() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\n").contains("connection: keep-alive\r\n");
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.rest()).contains("connection: close\r\n").endsWith("body ");
        }
    }

    @Test
    void anAnswerMayCloseTheConnection() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            assertThat(client.get("/close").get("/").rest())
                    .contains("connection: close\r\n")
                    .endsWith("bye");
        }
    }

    @Test
    void aHeadRequestGetsTheLengthWithoutTheBody() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.head()).contains("\r\ncontent-length: 5\r\n");
            assertThat(client.get("/").answer()).endsWith("body ");
        }
    }

    @Test
    void anAnswerThatNeverHasABodyTellsNoLength() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            assertThat(client.get("/204").head()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.get("/304").head()).isEqualTo("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
            assertThat(client.get("/").answer()).endsWith("body ");
        }
    }

    @Test
    void whoExpects100ContinueIsToldToGoOn() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("abc").answer()).endsWith("body abc");
        }
    }

    @Test
    void whoExpects100ContinueForABodyThatIsTooLongIsRefusedAtOnce() {
        try (TestServer server = TestServer.of(HttpLimits.defaults().withMaxBody(2), HANDLER);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void anotherExpectationIsRefusedWith417() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: wonders\r\n\r\nabc");
            assertThat(client.rest()).startsWith("HTTP/1.1 417 ");
            assertThat(server.stats().refused(Refusal.EXPECTATION_FAILED)).isEqualTo(1);
        }
    }

    @Test
    void anExpectationInHttp10IsIgnored() {
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("body abc");
        }
    }

    @Test
    void theAnswersToOneReadLeaveInOneFlush() {
        AtomicInteger flushes = new AtomicInteger();
        try (TestServer server = TestServer.of(HANDLER);
                RawClient client = server.connect()) {
            client.get("/").answer();
            CompletableFuture<Void> counting = new CompletableFuture<>();
            server.http().connections().forEach(connection -> {
                connection.channel().pipeline().addFirst(new Flushes(flushes));
                counting.complete(null);
            });
            counting.join();
            String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            client.send(request + request + request);
            client.answer();
            client.answer();
            client.answer();
            assertThat(flushes).hasValue(1);
        }
    }

    @Test
    void aClientThatPipelinesWithoutReadingIsNotServedWithoutBound() {
        AtomicInteger handled = new AtomicInteger();
        HttpResponse large = HttpResponse.of(200).body("application/octet-stream", new byte[1024 * 1024]);
        try (TestServer server = TestServer.of(exchange -> {
                    handled.incrementAndGet();
                    exchange.respond(large);
                });
                RawClient client = server.connect()) {
            for (int i = 0; i < 100; i++) {
                client.get("/" + i);
            }
            int answers = 0;
            while (answers < 100) {
                int ahead = handled.get() - answers;
                assertThat(ahead).as("answers made and not read").isLessThan(20);
                assertThat(client.answer()).hasSizeGreaterThan(1024 * 1024);
                answers++;
            }
        }
    }

    private static final class Flushes extends ChannelOutboundHandlerAdapter {
        private final AtomicInteger count;

        Flushes(AtomicInteger count) {
            this.count = count;
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            count.incrementAndGet();
            ctx.flush();
        }
    }
}
