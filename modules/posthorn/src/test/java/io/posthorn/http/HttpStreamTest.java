package io.posthorn.http;

import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class HttpStreamTest {
    private static final String HEAD_IN_CHUNKS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n";
    private static final String BARE_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nconnection: close\r\n\r\n";
    private static final HttpResponse PLAIN = HttpResponse.of(200).header("Content-Type", "text/plain");

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void theBodyGoesOnInChunks(IoKind kind) throws Exception {
        StreamOwner owner = new StreamOwner(PLAIN, stream -> {
            assertThat(stream.isChunked()).isTrue();
            stream.write(chunk("one"));
            stream.write(chunk("sixteen letters!"));
            assertThat(stream.backlog()).isEqualTo(8 + 22);
            stream.flush();
        });
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            client.get("/");
            assertThat(client.until("letters!\r\n"))
                    .isEqualTo(HEAD_IN_CHUNKS + "3\r\none\r\n10\r\nsixteen letters!\r\n");

            StreamOwner.on(server.loop(), stream -> write(stream, "later"), owner.next());
            assertThat(client.bytes(10)).isEqualTo("5\r\nlater\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void aClientOfHttp10GetsTheBodyBareUntilTheConnectionEnds(IoKind kind) {
        StreamOwner owner = new StreamOwner(PLAIN, stream -> {
            assertThat(stream.isChunked()).isFalse();
            stream.write(bytes("one"));
            stream.write(bytes("two"));
            stream.end();
        });
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").rest()).isEqualTo(BARE_HEAD + "onetwo");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void theHeadLeavesThoughNothingFollows(IoKind kind) {
        try (TestServer server = on(kind, new StreamOwner(PLAIN, stream -> {}));
                RawClient client = server.connect()) {
            assertThat(client.get("/").head()).isEqualTo(HEAD_IN_CHUNKS);
            assertThat(server.stats().streams()).isEqualTo(1);
            assertThat(server.stats().upgrades()).isZero();
            assertThat(server.stats().responses().successful()).isEqualTo(1);
            assertThat(server.stats().active()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatBeginsOutsideAReadSendsItsHeadToo() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        StreamOwner owner = new StreamOwner(PLAIN, stream -> {});
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.get("/");
            HttpExchange exchange = exchanges.take();
            server.loop().mailbox().execute(() -> owner.handle(exchange));
            assertThat(client.head()).isEqualTo(HEAD_IN_CHUNKS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void theHeadAndWhatIsWrittenInTheSameTurnLeaveInOneGo(IoKind kind) throws Exception {
        StreamOwner owner = new StreamOwner(PLAIN, stream -> write(stream, "one"));
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            assertThat(client.get("/").arrived()).isEqualTo(HEAD_IN_CHUNKS + "3\r\none\r\n");

            StreamOwner.on(
                    server.loop(),
                    stream -> {
                        for (int i = 0; i < 1000; i++) {
                            stream.write(chunk("x"));
                        }
                        stream.flush();
                        return stream;
                    },
                    owner.next());
            assertThat(client.arrived()).isEqualTo("1\r\nx\r\n".repeat(1000));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void theEndIsTheLastChunkAndThenTheConnections(IoKind kind) throws Exception {
        StreamOwner owner = new StreamOwner(PLAIN, stream -> stream.write(chunk("one")));
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            assertThat(client.get("/").head()).isEqualTo(HEAD_IN_CHUNKS);
            StreamOwner.on(server.loop(), HttpStreamTest::end, owner.next());
            assertThat(client.rest()).isEqualTo("3\r\none\r\n0\r\n\r\n");
            // Unread bytes of the client's do not make a reset of the end.
            client.send("too late").close();
            await().until(() -> server.stats().active() == 0);
            assertThat(owner.told).containsExactly("closed");
        }
    }

    @Test
    void aClientThatDoesNotHangUpAfterTheEndIsLeft() throws Exception {
        StreamOwner owner = new StreamOwner(PLAIN, HttpStreamTest::end);
        try (TestServer server = TestServer.of(owner);
                RawClient client = server.connect()) {
            assertThat(client.get("/").rest()).isEqualTo(HEAD_IN_CHUNKS + "0\r\n\r\n");
            await().until(() -> owner.told.contains("closed"));
            assertThat(owner.told).containsExactly("closed");
            int waiting = StreamOwner.on(
                    server.loop(), stream -> server.loop().timers().waiting(), owner.next());
            assertThat(waiting).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void aClientThatLeavesIsNoticedAtOnce(IoKind kind) throws Exception {
        StreamOwner owner = new StreamOwner();
        try (TestServer server = on(kind, owner)) {
            RawClient client = server.connect();
            client.get("/").head();
            client.close();
            await().until(() -> !owner.told.isEmpty());
            HttpStream stream = owner.next();
            StreamOwner.on(
                    server.loop(),
                    closed -> {
                        assertThat(closed.isWritable()).isFalse();
                        closed.write(chunk("late"));
                        closed.flush();
                        closed.end();
                        closed.cut();
                        assertThat(closed.backlog()).isZero();
                        return closed;
                    },
                    stream);
            assertThat(owner.told).containsExactly("closed");
            await().until(() -> server.stats().active() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void aCutStreamEndsWithoutALastChunk(IoKind kind) {
        StreamOwner owner = new StreamOwner(PLAIN, stream -> {
            write(stream, "one");
            stream.cut();
            assertThat(stream.isWritable()).isFalse();
        });
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            assertThat(client.get("/").rest()).isEqualTo(HEAD_IN_CHUNKS + "3\r\none\r\n");
            await().until(() -> owner.told.contains("closed"));
            assertThat(owner.told).containsExactly("closed");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void whatComesBehindTheRequestIsDropped(IoKind kind) throws Exception {
        StreamOwner owner = new StreamOwner(PLAIN, stream -> {});
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(client.send(request + request).head()).isEqualTo(HEAD_IN_CHUNKS);
            client.send("more");
            StreamOwner.on(server.loop(), HttpStreamTest::end, owner.next());
            assertThat(client.rest()).isEqualTo("0\r\n\r\n");
            assertThat(server.stats().requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void aClientThatKeepsSendingIsCut(IoKind kind) {
        StreamOwner owner = new StreamOwner();
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            client.get("/").head();
            client.send(new byte[HttpStream.MAX_DROPPED]);
            assertThat(owner.told).isEmpty();
            client.send("x");
            await().until(() -> owner.told.contains("closed"));
            assertThat(owner.told).containsExactly("closed");
        }
    }

    @Test
    void aStreamBehindPipelinedAnswersComesAfterThem() {
        HttpHandler handler = exchange -> {
            if (exchange.path().equals("/first")) {
                exchange.respond(HttpResponse.text(200, "first"));
            } else {
                new StreamOwner(PLAIN, HttpStreamTest::end).handle(exchange);
            }
        };
        try (TestServer server = TestServer.of(handler);
                RawClient client = server.connect()) {
            client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer()).endsWith("\r\n\r\nfirst");
            assertThat(client.rest()).isEqualTo(HEAD_IN_CHUNKS + "0\r\n\r\n");
        }
    }

    @Test
    void theAnswerToHeadIsTheHeadAlone() {
        StreamOwner owner = new StreamOwner(PLAIN, stream -> {
            assertThat(stream.isWritable()).isFalse();
            write(stream, "nothing");
            stream.end();
        });
        try (TestServer server = TestServer.of(owner)) {
            RawClient client = server.connect();
            assertThat(client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").rest()).isEqualTo(HEAD_IN_CHUNKS);
            client.close();
            await().until(() -> owner.told.contains("closed"));
        }
    }

    @Test
    void theRoutesOriginsAreToldInTheHead() {
        Router router = new Router()
                .route("GET /", OriginPolicy.of("https://a.example"), new StreamOwner(PLAIN, HttpStreamTest::end));
        try (TestServer server = TestServer.of(router);
                RawClient client = server.connect()) {
            String request = "GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.example\r\n\r\n";
            assertThat(client.send(request).head())
                    .contains("\r\nVary: Origin\r\n", "\r\nAccess-Control-Allow-Origin: https://a.example\r\n");
        }
    }

    @Test
    void anExchangeIsAnsweredOnceOnly() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        StreamOwner owner = new StreamOwner();
        HttpHandler handler = exchange -> {
            owner.handle(exchange);
            exchanges.add(exchange);
        };
        try (TestServer server = TestServer.of(handler);
                RawClient client = server.connect()) {
            client.get("/").head();
            HttpExchange exchange = exchanges.take();
            assertThat(exchange.isAnswered()).isTrue();
            assertThatThrownBy(() -> exchange.stream(HttpResponse.of(200), owner))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> exchange.respond(HttpResponse.of(200))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClientThatLeftBeforeTheStreamBeganClosesItSoon() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        StreamOwner owner = new StreamOwner(PLAIN, stream -> {
            assertThat(stream.isWritable()).isFalse();
            write(stream, "nobody");
        });
        try (TestServer server = TestServer.of(exchanges::add)) {
            RawClient client = server.connect();
            client.get("/");
            HttpExchange exchange = exchanges.take();
            client.close();
            await().until(() -> server.stats().active() == 0);
            server.loop().eventLoop().submit(() -> owner.handle(exchange)).sync();
            await().until(() -> owner.told.contains("closed"));
            assertThat(owner.told).containsExactly("closed");
            assertThat(server.stats().streams()).isZero();
        }
    }

    @Test
    void anAnswerThatMayHaveNoBodyIsNoStreamsHead() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        StreamOwner owner = new StreamOwner();
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.get("/");
            HttpExchange exchange = exchanges.take();
            for (int status : new int[] {101, 204, 205, 304}) {
                assertThatThrownBy(() -> exchange.stream(HttpResponse.of(status), owner))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> exchange.stream(HttpResponse.text(200, "body"), owner))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(exchange.isAnswered()).isFalse();
        }
    }

    @Test
    void anEmptyChunkIsRefusedSinceItWouldEndTheBody() {
        assertThat(chunk("a")).asString().isEqualTo("1\r\na\r\n");
        assertThat(chunk("x".repeat(4096))).asString().startsWith("1000\r\nxx").endsWith("xx\r\n");
        assertThatThrownBy(() -> chunk("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static TestServer on(IoKind kind, HttpHandler handler) {
        Assumptions.assumeTrue(kind.isAvailable());
        return TestServer.on(kind, HttpOptions.defaults(), handler);
    }

    private static HttpStream write(HttpStream stream, String text) {
        stream.write(chunk(text));
        stream.flush();
        return stream;
    }

    private static HttpStream end(HttpStream stream) {
        stream.end();
        return stream;
    }

    private static byte[] chunk(String text) {
        return HttpStream.chunk(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
