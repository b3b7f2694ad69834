package io.posthorn;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.StaticFiles;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class PosthornTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource(IoKind.class)
    void everyKindOfEventLoopServes(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        try (Posthorn posthorn =
                Posthorn.create(PosthornOptions.defaults().withIo(kind).withLoops(2))) {
            posthorn.route(
                    "GET /hello/{name}",
                    exchange -> exchange.respond(HttpResponse.text(
                            200, "Hello, " + exchange.pathParameter("name").orElseThrow())));
            posthorn.listen("127.0.0.1", 0);
            assertThat(get(posthorn, "/hello/world").body()).isEqualTo("Hello, world");
        }
    }

    @Test
    void closeLetsARunningRequestFinishAndFreesThePort() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        Posthorn posthorn = Posthorn.create().route("/slow", exchanges::add);
        int port = posthorn.listen("127.0.0.1", 0);
        CompletableFuture<java.net.http.HttpResponse<String>> answer =
                client.sendAsync(request(posthorn, "/slow"), BodyHandlers.ofString());
        HttpExchange exchange = exchanges.take();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(posthorn::close);
        awaitRefused(port);
        exchange.respond(HttpResponse.text(200, "finished"));
        assertThat(answer.get().body()).isEqualTo("finished");
        closed.get();
        new ServerSocket(port).close();
    }

    @Test
    void closeCutsWhatIsNotAnsweredAtTheDeadline() throws Exception {
        BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
        Posthorn posthorn = Posthorn.create(PosthornOptions.defaults().withCloseDeadline(Duration.ofMillis(100)));
        posthorn.route("/never", exchanges::add).listen("127.0.0.1", 0);
        CompletableFuture<java.net.http.HttpResponse<String>> answer =
                client.sendAsync(request(posthorn, "/never"), BodyHandlers.ofString());
        HttpExchange exchange = exchanges.take();
        posthorn.close();
        assertThatThrownBy(answer::get).hasCauseInstanceOf(IOException.class);
        exchange.respond(HttpResponse.of(204));
    }

    @Test
    void aPortThatIsTakenIsToldInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                Posthorn posthorn = Posthorn.create()) {
            assertThatThrownBy(() -> posthorn.listen(taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Port " + taken.getLocalPort() + " is already in use; choose another.");
        }
    }

    @Test
    void aHostThatIsNoneOfThisMachinesIsToldInOneSentence() {
        try (Posthorn posthorn = Posthorn.create()) {
            assertThatThrownBy(() -> posthorn.listen("192.0.2.1", 0))
                    .isInstanceOf(IOException.class)
                    .hasMessage("192.0.2.1 is not an address of this machine; choose one that is.");
            assertThatThrownBy(() -> posthorn.listen("nowhere.invalid", 0))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The host nowhere.invalid is unknown; choose an address of this machine.");
        }
    }

    @Test
    void healthIsOkUntilTheServerDrains() throws Exception {
        try (Posthorn posthorn = Posthorn.create().health("/healthz")) {
            posthorn.listen("127.0.0.1", 0);
            assertThat(get(posthorn, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(posthorn, "/healthz").body()).isEqualTo("ok");
            posthorn.drain();
            java.net.http.HttpResponse<String> answer = get(posthorn, "/healthz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("draining");
            assertThat(answer.headers().firstValue("connection")).contains("close");
        }
    }

    @Test
    void filesAnswerWhatNoOtherRouteDoes(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.html"), "home");
        Files.writeString(folder.resolve("taken"), "file");
        try (Posthorn posthorn = Posthorn.create()) {
            posthorn.files("/", StaticFiles.fromFolder(folder))
                    .route("/taken", exchange -> exchange.respond(HttpResponse.text(200, "route")))
                    .listen("127.0.0.1", 0);
            assertThat(get(posthorn, "/").body()).isEqualTo("home");
            assertThat(get(posthorn, "/taken").body()).isEqualTo("route");
            assertThat(get(posthorn, "/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void metricsAreThoseOfTheStatistics() throws Exception {
        try (Posthorn posthorn = Posthorn.create().metrics("/metrics")) {
            posthorn.feed("/feed").publish("12:00");
            posthorn.listen("127.0.0.1", 0);
            get(posthorn, "/missing");
            java.net.http.HttpResponse<String> answer = get(posthorn, "/metrics");
            assertThat(answer.headers().firstValue("content-type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body())
                    .contains(
                            "# TYPE posthorn_http_requests_total counter\nposthorn_http_requests_total 2\n",
                            "\nposthorn_http_responses_total{class=\"4xx\"} 1\n",
                            "\nposthorn_http_refused_total{reason=\"bad_request\"} 0\n",
                            "\nposthorn_websocket_connections 0\n",
                            "\nposthorn_feeds 1\n",
                            "\nposthorn_feed_published_total 1\n",
                            "\nposthorn_feed_dropped_total 0\n",
                            "\nposthorn_feed_untold_gaps_total 0\n",
                            "\nposthorn_feed_slow_readers_total 0\n");
            assertThat(answer.body().lines())
                    .allMatch(line ->
                            line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[a-z0-9_]+\"})? [0-9]+"));
            assertThat(posthorn.stats().http().requests()).isEqualTo(2);
        }
    }

    @Test
    void aBlockingHandlerDoesNotHoldTheLoop() throws Exception {
        CompletableFuture<String> later = new CompletableFuture<>();
        try (Posthorn posthorn = Posthorn.create(PosthornOptions.defaults().withLoops(1))) {
            posthorn.route(
                            "/wait",
                            HttpHandler.blocking(exchange -> exchange.respond(HttpResponse.text(200, later.get()))))
                    .route("/go", exchange -> {
                        later.complete("went");
                        exchange.respond(HttpResponse.of(204));
                    })
                    .listen("127.0.0.1", 0);
            CompletableFuture<java.net.http.HttpResponse<String>> waiting =
                    client.sendAsync(request(posthorn, "/wait"), BodyHandlers.ofString());
            assertThat(get(posthorn, "/go").statusCode()).isEqualTo(204);
            assertThat(waiting.get().body()).isEqualTo("went");
        }
    }

    @Test
    void thePortIsKnownWhenTheServerListens() throws Exception {
        try (Posthorn posthorn = Posthorn.create()) {
            assertThatThrownBy(posthorn::port).isInstanceOf(IllegalStateException.class);
            assertThat(posthorn.listen("127.0.0.1", 0))
                    .isEqualTo(posthorn.port())
                    .isPositive();
        }
    }

    private java.net.http.HttpResponse<String> get(Posthorn posthorn, String path) throws Exception {
        return client.send(request(posthorn, path), BodyHandlers.ofString());
    }

    private static HttpRequest request(Posthorn posthorn, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + posthorn.port() + path))
                .build();
    }

    private static void awaitRefused(int port) {
        await().until(() -> {
            try (java.net.Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return !socket.isConnected();
            } catch (IOException refused) {
                return true;
            }
        });
    }
}
