package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.socket.client.Manager;
import io.socket.client.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The playground's namespaces, as the official client for Java sees them. */
class NewsNamespaceTest {
    private static final String NEWS = "/news: [news, Welcome to the playground of Posthorn]";

    private final Posthorn posthorn = Playground.create(PosthornOptions.defaults());
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        port = posthorn.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void whoeverConnectsToTheNewsIsGreeted(String transport) throws Exception {
        Manager client = client(transport);

        listen(client, "/news").connect();

        assertThat(next()).isEqualTo("/news: connected");
        assertThat(next()).isEqualTo(NEWS);
        client.socket("/news").disconnect();
    }

    @Test
    void nothingOfTheNewsCrossesToTheMainNamespace() throws Exception {
        Manager client = client("websocket");
        Socket main = listen(client, "/").connect();
        assertThat(next()).isEqualTo("/: connected");

        Socket news = listen(client, "/news").connect();

        assertThat(next()).isEqualTo("/news: connected");
        assertThat(next()).isEqualTo(NEWS);
        // One connection keeps its order: who comes once more is greeted behind what might have gone elsewhere.
        news.disconnect();
        news.connect();
        assertThat(next()).isEqualTo("/news: connected");
        assertThat(next()).isEqualTo(NEWS);
        main.disconnect();
        news.disconnect();
    }

    private Manager client(String transport) {
        Manager.Options options = new Manager.Options();
        options.transports = new String[] {transport};
        return new Manager(URI.create("http://127.0.0.1:" + port), options);
    }

    private Socket listen(Manager client, String namespace) {
        Socket socket = client.socket(namespace);
        socket.on(Socket.EVENT_CONNECT, none -> heard.add(namespace + ": connected"));
        socket.onAnyIncoming(event -> heard.add(namespace + ": " + List.copyOf(Arrays.asList(event))));
        return socket;
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }
}
