package io.posthorn.feed;

import io.posthorn.PosthornOptions;
import io.posthorn.http.PemFiles;
import io.posthorn.http.RawClient;
import io.posthorn.http.Tls;
import io.posthorn.loop.IoKind;
import io.posthorn.transport.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** All transports over each kind of event loop, over TLS, and what HTTP/1.0 gets. */
@Timeout(60)
class FeedPlatformTest {
    @ParameterizedTest
    @EnumSource(IoKind.class)
    void everyKindOfEventLoopServesEveryTransport(IoKind kind) {
        Assumptions.assumeTrue(kind.isAvailable());
        try (FeedServer server = new FeedServer(PosthornOptions.defaults().withIo(kind), FeedOptions.defaults());
                RawClient poll = server.send("/feed?wait=30");
                FeedStream stream = server.eventSource("/feed");
                FeedStream frame = server.stream("/feed", "Sec-Fetch-Dest: iframe");
                FeedSocket socket = server.webSocket("/feed", "Sec-WebSocket-Protocol: posthorn.feed")) {
            server.awaitReaders(4);
            Cursor cursor = server.feed().publish("tick", "12:00");
            assertThat(server.get("/feed")).endsWith("\r\n\r\n12:00");
            assertThat(poll.answer()).endsWith("\r\n\r\n12:00");
            stream.chunk();
            stream.chunk();
            assertThat(stream.chunk()).isEqualTo("id: " + cursor + "\nevent: tick\ndata: 12:00\n\n");
            frame.chunk();
            assertThat(frame.chunk()).contains(" parent.onMessage(\"12:00\",{\"id\":\"" + cursor + "\"");
            socket.text();
            assertThat(socket.text()).isEqualTo("{\"id\":\"" + cursor + "\",\"event\":\"tick\",\"data\":\"12:00\"}");
        }
    }

    @Test
    void aClientOfHttp10GetsItsStreamWithoutChunks() {
        try (FeedServer server = new FeedServer();
                RawClient client = server.connect()) {
            client.send("GET /feed HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nContent-Type: text/event-stream\r\n", "\r\nconnection: close\r\n")
                    .doesNotContain("transfer-encoding");
            assertThat(client.until("\n\n")).isEqualTo("retry: 2000\n\n");
            assertThat(client.until("\n\n")).startsWith("id: ");
            Cursor cursor = server.feed().publish("bare");
            assertThat(client.until("\n\n")).isEqualTo("id: " + cursor + "\ndata: bare\n\n");
        }
    }

    @Test
    void aClientOfHttp10Polls() {
        try (FeedServer server = new FeedServer();
                RawClient client = server.connect()) {
            client.send("GET /feed?wait=30 HTTP/1.0\r\n\r\n");
            server.awaitReaders(1);
            server.feed().publish("one");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\none");
        }
    }

    @Test
    void everyTransportWorksOverTls(@TempDir Path folder) throws Exception {
        PemFiles files = PemFiles.in(folder);
        PosthornOptions options = PosthornOptions.defaults().withTls(Tls.fromPem(files.certificate(), files.key()));
        try (FeedServer server = new FeedServer(options, FeedOptions.defaults())) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(files)).build();
            String address = "https://localhost:" + server.port() + "/feed";
            Cursor cursor = server.feed().publish("12:00");
            assertThat(client.send(get(address), BodyHandlers.ofString()).body())
                    .isEqualTo("12:00");
            String resumed = address + "?wait=30&cursor=" + cursor.at(0);
            assertThat(client.send(get(resumed), BodyHandlers.ofString()).body())
                    .isEqualTo("12:00");
            assertThat(line(client, resumed + "&transport=eventsource", "data: "))
                    .isEqualTo("data: 12:00");
            assertThat(line(client, resumed + "&transport=iframe", "if (sameOrigin"))
                    .contains("(\"12:00\",");
            FirstText first = new FirstText();
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create(resumed.replace("https:", "wss:")), first)
                    .join();
            assertThat(first.text.poll(20, TimeUnit.SECONDS)).isEqualTo("12:00");
            socket.abort();
        }
    }

    private static HttpRequest get(String address) {
        return HttpRequest.newBuilder(URI.create(address)).build();
    }

    private static String line(HttpClient client, String address, String start) throws Exception {
        try (InputStream body =
                        client.send(get(address), BodyHandlers.ofInputStream()).body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (!line.startsWith(start)) {
                line = lines.readLine();
            }
            return line;
        }
    }

    private static SSLContext trusting(PemFiles files) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(files.trust());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static final class FirstText implements WebSocket.Listener {
        final BlockingQueue<String> text = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.add(data.toString());
            return null;
        }
    }
}
