package io.posthorn.websocket;

import io.posthorn.Posthorn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole server against the JDK's WebSocket client. */
class WebSocketEchoTest {
    private final Posthorn posthorn = Posthorn.create();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private java.net.http.WebSocket client;

    @BeforeEach
    void connect() throws Exception {
        posthorn.webSocket("/echo", ws -> {
            ws.onText(ws::send);
            ws.onBinary(ws::send);
        });
        int port = posthorn.listen("127.0.0.1", 0);
        client = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/echo"), new Listener())
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @Test
    void aTextComesBackAsItWasSent() throws Exception {
        client.sendText("你好, Posthorn 😀", true).get(10, TimeUnit.SECONDS);

        await().until(() -> received.equals(List.of("你好, Posthorn 😀")));
    }

    @Test
    void aFragmentedTextComesBackWhole() throws Exception {
        client.sendText("one ", false).get(10, TimeUnit.SECONDS);
        client.sendText("two", true).get(10, TimeUnit.SECONDS);

        await().until(() -> received.equals(List.of("one two")));
    }

    @Test
    void aCloseIsAnsweredWithItsCode() throws Exception {
        client.sendClose(4001, "enough").get(10, TimeUnit.SECONDS);

        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(4001);
        await().until(() -> posthorn.stats().webSocket().open() == 0);
    }

    @Test
    void aClosingServerSaysThatItGoesAway() throws Exception {
        posthorn.close();

        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(CloseCode.GOING_AWAY);
    }

    private final class Listener implements java.net.http.WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(java.net.http.WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(java.net.http.WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }
}
