package io.posthorn.feed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;

/** A feed that is not for everyone. */
@Timeout(60)
class ReadAuthorizerTest {
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final FeedServer server = new FeedServer(FeedOptions.defaults().withReading(exchange -> {
        threads.add(Thread.currentThread().getName());
        if (exchange.header("Key").filter("broken"::equals).isPresent()) {
            throw new IllegalStateException("broken");
        }
        return exchange.header("Key").filter("right"::equals).isPresent();
    }));

    @AfterEach
    void closeServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "long&wait=60", "iframe", "eventsource", "websocket"})
    void whoMayNotReadIsRefusedOverEveryTransport(String transport) {
        server.feed().publish("secret");
        assertThat(server.get("/feed?transport=" + transport))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("secret");
        assertThat(server.get("/feed?transport=" + transport, "Key: wrong")).startsWith("HTTP/1.1 403 ");
        assertThat(server.stats().refusedReaders()).isEqualTo(2);
        assertThat(server.feed().readers()).isZero();
    }

    @Test
    void whoMayReadReadsOverEveryTransport() {
        String cursor = server.feed().publish("first").toString();
        server.feed().publish("second");
        String resume = "/feed?cursor=" + cursor;
        assertThat(server.get(resume, "Key: right")).endsWith("\r\n\r\nsecond");
        assertThat(server.get(resume + "&wait=60", "Key: right")).endsWith("\r\n\r\nsecond");
        try (var frame = server.stream(resume + "&transport=iframe", "Key: right");
                var events = server.eventSource(resume, "Key: right");
                var socket = server.webSocket(resume, "Key: right")) {
            assertThat(frame.chunkAfter("") + frame.chunk()).contains("second");
            assertThat(events.chunk() + events.chunk()).contains("data: second\n");
            assertThat(socket.text()).isEqualTo("second");
        }
        assertThat(threads).noneMatch(name -> name.contains("loop"));
    }

    @Test
    void anAuthorizerThatThrowsLetsNobodyRead() {
        server.feed().publish("secret");
        assertThat(server.get("/feed", "Key: broken"))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("secret");
        assertThat(server.feed().readers()).isZero();
    }
}
