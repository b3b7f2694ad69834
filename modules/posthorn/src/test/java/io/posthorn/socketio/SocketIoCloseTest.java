package io.posthorn.socketio;

import io.posthorn.Posthorn;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How a Socket.IO server ends, by itself or with the server that it is part of. */
class SocketIoCloseTest {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final Queue<String> reasons = new ConcurrentLinkedQueue<>();

    private SocketIoServer server() {
        SocketIoServer server = new SocketIoServer();
        server.io().onConnection(this::watch);
        server.io().of("/news").onConnection(this::watch);
        return server;
    }

    private void watch(Socket socket) {
        socket.onDisconnect(
                (reason, description) -> reasons.add(socket.namespace().name() + " " + reason));
    }

    private static HttpResponse<String> get(int port, String target) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + target);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void allSocketsAreToldThatTheServerIsShuttingDown() {
        try (SocketIoServer server = server();
                WireClient webSocket = server.client()) {
            webSocket.join("");
            webSocket.join("/news,");
            server.io().close(DEADLINE);
            assertThat(webSocket.end()).isEqualTo(1005);
            assertThat(reasons).containsExactlyInAnyOrder("/ server shutting down", "/news server shutting down");
            assertThat(server.io().clients()).isZero();
            assertThat(server.io().sockets()).isEmpty();
        }
    }

    @Test
    void aPollThatWaitsIsAnsweredWithTheEndOfTheSession() throws Exception {
        try (SocketIoServer server = server()) {
            PollClient client = server.pollClient();
            client.join("");
            CompletableFuture<HttpResponse<String>> poll = client.poll();
            // The answer shows that the poll is the one that waits: two at a time would end the session.
            server.io().emit("here");
            assertThat(poll.get(20, TimeUnit.SECONDS).body()).isEqualTo("42[\"here\"]");
            CompletableFuture<HttpResponse<String>> last = client.poll();
            await().until(() -> server.posthorn().stats().http().active() > 0);
            server.io().close(DEADLINE);
            HttpResponse<String> answer = last.get(20, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isIn(200, 503);
            if (answer.statusCode() == 200) {
                assertThat(answer.body()).isEqualTo("1");
            }
            assertThat(reasons).containsExactly("/ server shutting down");
        }
    }

    @Test
    void newHandshakesAreRefusedWith503AndTheRestOfTheServerGoesOn() throws Exception {
        try (SocketIoServer server = server()) {
            server.posthorn().health("/healthz");
            server.io().close(DEADLINE);
            HttpResponse<String> refused = get(server.port(), "/socket.io/?EIO=4&transport=polling");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(get(server.port(), "/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closingTwiceAndSendingAfterwardsDoesNothing() {
        try (SocketIoServer server = server();
                WireClient client = server.client()) {
            Socket socket = server.io().of("/").socket(client.join("")).orElseThrow();
            server.io().close(DEADLINE);
            server.io().close(DEADLINE);
            server.io().emit("lost");
            socket.emit("lost").join("room").leave("room").disconnect(true);
            assertThat(client.end()).isEqualTo(1005);
            assertThat(reasons).hasSize(1);
        }
    }

    @Test
    void theEndOfTheWholeServerEndsSocketsAndFreesThePort() throws IOException {
        SocketIoServer server = server();
        int port = server.port();
        try (server;
                WireClient client = server.client()) {
            client.join("");
            server.posthorn().close();
            assertThat(client.closeCode()).isEqualTo(1005);
        }
        assertThat(reasons).containsExactly("/ server shutting down");
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void whatIsAskedOfAClosedServerIsAnsweredNotWaitedFor() {
        SocketIoServer server = server();
        try (server) {
            server.posthorn().close();
        }
        assertThat(server.io().of("/").rooms().toCompletableFuture())
                .succeedsWithin(DEADLINE)
                .isEqualTo(Set.of());
        assertThat(server.io().to("room").ids().toCompletableFuture())
                .succeedsWithin(DEADLINE)
                .isEqualTo(Set.of());
    }

    @Test
    void aServerThatWasNeverConnectedToCloses() {
        Posthorn posthorn = Posthorn.create();
        SocketIo io = posthorn.socketIo();
        posthorn.close();
        assertThat(io.clients()).isZero();
    }

    @Test
    void acknowledgementsThatAreWaitedForFail() {
        try (SocketIoServer server = server();
                WireClient client = server.client()) {
            Socket socket = server.io().of("/").socket(client.join("")).orElseThrow();
            CompletableFuture<Arguments> answer = socket.emitWithAck("q").toCompletableFuture();
            assertThat(client.next()).isEqualTo("420[\"q\"]");
            server.io().close(DEADLINE);
            assertThat(answer)
                    .failsWithin(DEADLINE)
                    .withThrowableThat()
                    .withMessageContaining("socket has been disconnected");
        }
    }
}
