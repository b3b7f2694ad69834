package io.posthorn.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class HttpConnectionTest {
    private static final HttpHandler ECHO_PATH =
            exchange -> exchange.respond(HttpResponse.text(200, exchange.method() + " " + exchange.path()));

    @Test
    void anAnswerIsOneHeadAndItsBody() {
        try (TestServer server = TestServer.of(ECHO_PATH);
                RawClient client = server.connect()) {
            assertThat(client.get("/hello").answer())
                    .isEqualTo(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\ncontent-length: 10\r\n\r\n"
                                    + "GET /hello");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderThoughTheFirstAnswerComesLate() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.get("/1").get("/2").get("/3");
            HttpExchange first = exchanges.take();
            assertThat(exchanges).isEmpty();
            first.respond(HttpResponse.text(200, "one"));
            exchanges.take().respond(HttpResponse.text(200, "two"));
            exchanges.take().respond(HttpResponse.text(200, "three"));
            assertThat(client.answer()).endsWith("one");
            assertThat(client.answer()).endsWith("two");
            assertThat(client.answer()).endsWith("three");
        }
    }

    @Test
    void aSecondAnswerIsRefused() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.get("/");
            HttpExchange exchange = exchanges.take();
            exchange.respond(HttpResponse.of(204));
            assertThatThrownBy(() -> exchange.respond(HttpResponse.of(204))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anExceptionOfAHandlerIsAnsweredWith500AndTheConnectionLives() {
        HttpHandler handler = exchange -> {
            if (exchange.path().equals("/bad")) {
                throw new IllegalStateException("meant to be thrown by this test");
            }
            ECHO_PATH.handle(exchange);
        };
        try (TestServer server = TestServer.of(handler);
                RawClient client = server.connect()) {
            assertThat(client.get("/bad").answer()).startsWith("HTTP/1.1 500 ");
            assertThat(client.get("/good").answer()).endsWith("GET /good");
            assertThat(server.stats().failures()).isEqualTo(1);
        }
    }

    @Test
    void anErrorOfAHandlerIsAnsweredWith500OnTheLoopAndBesideIt() {
        HttpHandler failing = exchange -> {
            throw new StackOverflowError("meant to be thrown by this test");
        };
        Router router = new Router()
                .route("/loop", failing)
                .route("/blocking", HttpHandler.blocking(failing))
                .route("/good", ECHO_PATH);
        try (TestServer server = TestServer.of(router);
                RawClient client = server.connect()) {
            assertThat(client.get("/loop").answer()).startsWith("HTTP/1.1 500 ");
            assertThat(client.get("/blocking").answer()).startsWith("HTTP/1.1 500 ");
            assertThat(client.get("/good").answer()).endsWith("GET /good");
            assertThat(server.stats().failures()).isEqualTo(2);
        }
    }

    @Test
    void whatCameBehindAnUpgradeReachesTheNextHandler() {
        HttpHandler upgrade = exchange -> exchange.upgrade(
                HttpResponse.of(101).header("Upgrade", "echo").header("Connection", "Upgrade"), new Echo());
        try (TestServer server = TestServer.of(upgrade);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nGET not HTTP");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
            assertThat(client.bytes(12)).isEqualTo("GET not HTTP");
            assertThat(client.send("\0\1\2").bytes(3)).isEqualTo("\0\1\2");
            assertThat(server.stats().upgrades()).isEqualTo(1);
        }
    }

    @Test
    void theOtherSideHearsOfAnUpgradeWhenTheNextHandlerIsThere() throws Exception {
        BlockingQueue<Long> unsent = new LinkedBlockingQueue<>();
        ChannelHandler next = new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext context) {
                unsent.add(context.channel().unsafe().outboundBuffer().totalPendingWriteBytes());
            }
        };
        try (TestServer server = TestServer.of(exchange -> exchange.upgrade(HttpResponse.of(101), next));
                RawClient client = server.connect()) {
            client.get("/");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            assertThat(unsent.take()).isPositive();
        }
    }

    @Test
    void aLateUpgradeGetsWhatCameMeanwhile() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
            HttpExchange exchange = exchanges.take();
            client.send("early");
            exchange.loop().mailbox().execute(() -> exchange.upgrade(HttpResponse.of(101), new Echo()));
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            assertThat(client.bytes(5)).isEqualTo("early");
        }
    }

    @Test
    void theOtherSidesLeavingIsSeenWhileAnAnswerIsPending() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        BlockingQueue<String> abandoned = new LinkedBlockingQueue<>();
        HttpHandler handler = exchange -> {
            exchange.onAbandoned(() -> abandoned.add(exchange.path()));
            exchanges.add(exchange);
        };
        try (TestServer server = TestServer.of(handler)) {
            try (RawClient client = server.connect()) {
                client.get("/waiting");
                exchanges.take().request();
            }
            assertThat(abandoned.take()).isEqualTo("/waiting");
            await().until(() -> server.stats().abandoned() == 1);
        }
    }

    @Test
    void whoAsksAfterTheOtherSideHasLeftIsToldToo() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        BlockingQueue<String> abandoned = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchanges::add)) {
            try (RawClient client = server.connect()) {
                client.get("/");
                exchanges.add(exchanges.take());
            }
            await().until(() -> server.stats().abandoned() == 1);
            HttpExchange exchange = exchanges.take();
            exchange.onAbandoned(() -> abandoned.add("late"));
            assertThat(abandoned.take()).isEqualTo("late");
            exchange.respond(HttpResponse.of(204));
            assertThat(server.stats().responses().successful()).isZero();
        }
    }

    @Test
    void whatAClientSendsWhileItsAnswerIsPendingIsHeldUpTo64KiB() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.of(exchanges::add);
                RawClient client = server.connect()) {
            client.get("/first");
            HttpExchange first = exchanges.take();
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> client.send(new byte[32 * 1024 * 1024]));
            await().until(() ->
                    !onLoop(server, connection -> connection.channel().config().isAutoRead()));
            for (int turn = 0; turn < 100; turn++) {
                assertThat(onLoop(server, HttpConnectionTest::heldBytes))
                        .isLessThanOrEqualTo(StrictRequestDecoder.MAX_HELD);
            }
            first.respond(HttpResponse.of(204));
            assertThat(client.head()).startsWith("HTTP/1.1 204 ");
            assertThat(client.head()).startsWith("HTTP/1.1 400 ");
            // What is sent after the refusal is dropped, or cut off when the server has waited long enough.
            assertThat(flood.handle((sent, cut) -> "over").join()).isEqualTo("over");
        }
    }

    @Test
    void anAnswerUnderWayArrivesWholeWhenTheServerCloses() throws Exception {
        byte[] body = new byte[8 * 1024 * 1024];
        HttpHandler handler = exchange -> exchange.respond(HttpResponse.of(200).body("a/b", body));
        try (TestServer server = TestServer.of(handler);
                RawClient client = server.connect()) {
            String head = client.get("/").head();
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> server.http().close(Duration.ofSeconds(20)));
            await().until(() -> server.http().isDraining());
            assertThat(head).contains("content-length: " + body.length);
            assertThat(client.bytes(body.length)).hasSize(body.length);
            assertThat(client.rest()).isEmpty();
            client.endOutput();
            closed.get();
        }
    }

    /** Asks the server's only connection something, on its loop. */
    private static <T> T onLoop(TestServer server, Function<HttpConnection, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        server.http().connections().forEach(connection -> answer.complete(question.apply(connection)));
        return answer.join();
    }

    private static int heldBytes(HttpConnection connection) {
        return connection.channel().pipeline().get(StrictRequestDecoder.class).held();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }
    }
}
