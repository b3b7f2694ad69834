package io.posthorn.socketio;

import io.posthorn.Posthorn;
import io.posthorn.feed.Feed;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several Socket.IO servers on one port, beside everything else that a server serves. */
class SocketIoBesideOthersTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpResponse<String> get(SocketIoServer server, String target)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + target);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static WireClient client(SocketIoServer server, String path) {
        return new WireClient(server.port(), path + "?EIO=4&transport=websocket");
    }

    @Test
    void twoServersShareNothingButThePort() {
        try (SocketIoServer server = new SocketIoServer()) {
            SocketIo game = server.posthorn().socketIo("/game/", SocketIoOptions.defaults());
            game.of("/only-here").onConnection(socket -> socket.join("room"));
            game.onConnection(socket -> socket.emit("game"));
            try (WireClient main = server.connected();
                    WireClient player = client(server, "/game/")) {
                player.join("");
                assertThat(player.next()).isEqualTo("42[\"game\"]");
                assertThat(main.send("40/only-here,").next())
                        .isEqualTo("44/only-here,{\"message\":\"Invalid namespace\"}");
                player.join("/only-here,");
                server.io().emit("main");
                server.io().to("room").emit("main");
                assertThat(main.next()).isEqualTo("42[\"main\"]");
                player.quiet();
                main.quiet();
            }
        }
    }

    @Test
    void aSessionOfOneServerIsUnknownToTheOther() throws Exception {
        try (SocketIoServer server = new SocketIoServer()) {
            server.posthorn().socketIo("/game/", SocketIoOptions.defaults());
            PollClient client = server.pollClient();
            HttpResponse<String> answer = get(server, "/game/?EIO=4&transport=polling&sid=" + client.sid());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
            client.join("");
        }
    }

    @Test
    void oneServerMayCloseWhileTheOtherGoesOn() throws Exception {
        try (SocketIoServer server = new SocketIoServer()) {
            SocketIo game = server.posthorn().socketIo("/game/", SocketIoOptions.defaults());
            try (WireClient main = server.connected();
                    WireClient player = client(server, "/game/")) {
                player.join("");
                game.close(Duration.ofSeconds(15));
                assertThat(player.end()).isEqualTo(1005);
                main.quiet();
                assertThat(get(server, "/game/?EIO=4&transport=polling").statusCode())
                        .isEqualTo(503);
                assertThat(get(server, "/socket.io/?EIO=4&transport=polling").statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void twoServersMayNotHaveOnePath() {
        try (SocketIoServer server = new SocketIoServer()) {
            Posthorn posthorn = server.posthorn();
            assertThatThrownBy(posthorn::socketIo).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> posthorn.socketIo("/no-slash", SocketIoOptions.defaults()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void feedsAndWebSocketsAreServedBesideIt() throws Exception {
        try (SocketIoServer server = new SocketIoServer()) {
            Feed feed = server.posthorn().feed("/feed");
            server.posthorn().webSocket("/echo", webSocket -> webSocket.onText(webSocket::send));
            feed.publish("news");
            try (WireClient client = server.connected()) {
                assertThat(get(server, "/feed").body()).isEqualTo("news");
                assertThat(echo(server.port())).isEqualTo("hello");
                client.quiet();
            }
        }
    }

    @Test
    void thePathWithoutItsSlashIsTheApplications() throws Exception {
        try (SocketIoServer server = new SocketIoServer()) {
            assertThat(get(server, "/socket.io?EIO=4&transport=polling").statusCode())
                    .isEqualTo(404);
        }
    }

    private static String echo(int port) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket webSocket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return CompletableFuture.completedFuture(data);
                    }
                })
                .join();
        webSocket.sendText("hello", true);
        String text = answer.orTimeout(20, TimeUnit.SECONDS).join();
        webSocket.abort();
        return text;
    }
}
