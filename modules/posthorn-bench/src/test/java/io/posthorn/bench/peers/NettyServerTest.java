package io.posthorn.bench.peers;

import io.posthorn.bench.peers.NettyOptions.Io;
import io.posthorn.bench.peers.NettyOptions.Way;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NettyServerTest {
    @Test
    void echoGoesBackToItsSenderOnly() throws Exception {
        try (NettyServer server = NettyServer.listen(new NettyOptions(0, Way.PLAIN, Io.NIO))) {
            Client other = Client.open(server, "/echo");
            Client sender = Client.open(server, "/echo");
            sender.send("first");
            sender.send("zweite ✓");
            assertThat(sender.next()).isEqualTo("first");
            assertThat(sender.next()).isEqualTo("zweite ✓");
            other.send("mine");
            assertThat(other.next()).isEqualTo("mine");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aTextGoesToAllConnectionsTheSendersToo(Way way) throws Exception {
        try (NettyServer server = NettyServer.listen(new NettyOptions(0, way, Io.NIO))) {
            List<Client> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(Client.open(server, "/fanout"));
            }
            for (Client sender : all) {
                sender.send("to all");
                for (Client receiver : all) {
                    assertThat(receiver.next()).isEqualTo("to all");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 10_000})
    void theFrameThatIsEncodedOnceSaysItsLength(int length) throws Exception {
        String text = "x".repeat(length);
        try (NettyServer server = NettyServer.listen(new NettyOptions(0, Way.ONCE, Io.NIO))) {
            Client client = Client.open(server, "/fanout");
            client.send(text);
            assertThat(client.next()).isEqualTo(text);
        }
    }

    @Test
    void whoHasLeftIsNotWrittenTo() throws Exception {
        try (NettyServer server = NettyServer.listen(new NettyOptions(0, Way.ONCE, Io.NIO))) {
            Client first = Client.open(server, "/fanout");
            Client second = Client.open(server, "/fanout");
            Client third = Client.open(server, "/fanout");
            first.leave();
            second.leave();
            third.send("alone");
            assertThat(third.next()).isEqualTo("alone");
        }
    }

    @Test
    void theCommandLineNamesPortFanOutAndSystemCalls() {
        assertThat(NettyOptions.of("--port", "80", "--io", "io_uring", "--fanout", "once"))
                .isEqualTo(new NettyOptions(80, Way.ONCE, Io.IO_URING));
        assertThat(NettyOptions.of("--port", "80")).isEqualTo(new NettyOptions(80, Way.PLAIN, Io.EPOLL));
        assertThatIllegalArgumentException().isThrownBy(() -> NettyOptions.of("--port"));
        assertThatIllegalArgumentException().isThrownBy(() -> NettyOptions.of("--loops", "2"));
    }

    /** The JDK's own WebSocket. */
    private static final class Client implements WebSocket.Listener {
        private static final int NORMAL = 1000;
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final StringBuilder parts = new StringBuilder();
        private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
        private @Nullable WebSocket webSocket;

        static Client open(NettyServer server, String path) throws Exception {
            Client client = new Client();
            client.webSocket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), client)
                    .get(10, SECONDS);
            return client;
        }

        void send(String text) throws Exception {
            webSocket().sendText(text, true).get(10, SECONDS);
        }

        @Nullable
        String next() throws InterruptedException {
            return texts.poll(10, SECONDS);
        }

        void leave() throws Exception {
            webSocket().sendClose(NORMAL, "").get(10, SECONDS);
            assertThat(closed.poll(10, SECONDS)).isEqualTo(NORMAL);
        }

        private WebSocket webSocket() {
            if (webSocket == null) {
                throw new IllegalStateException("not open");
            }
            return webSocket;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                texts.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            closed.add(statusCode);
            return null;
        }
    }
}
