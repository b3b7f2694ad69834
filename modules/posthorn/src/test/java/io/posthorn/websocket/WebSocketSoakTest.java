package io.posthorn.websocket;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static io.posthorn.websocket.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many connections, one after the other: nothing of them may stay. */
@Tag("long")
class WebSocketSoakTest {
    private static final int CONNECTIONS = 10_000;

    @Test
    void ofTenThousandConnectionsThatComeAndGoNothingIsLeft() throws Exception {
        WebSocketGroup group = new WebSocketGroup();
        try (TestServer server = new TestServer(WebSocketOptions.defaults(), ws -> {
            group.add(ws);
            ws.onText(ws::send);
        })) {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (TestServer.RawSocket client = server.connect()) {
                    client.write(text("hello " + i));
                    if (i % 2 == 0) {
                        assertThat(client.readText()).isEqualTo("hello " + i);
                    } // every other one leaves without a word
                }
            }

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> server.stats().open() == 0 && server.stats().closed() == CONNECTIONS);
            await().until(() -> group.size() == 0);
            assertThat(server.stats().opened()).isEqualTo(CONNECTIONS);
            assertThat(server.stats().handlerFailures()).isZero();
        }
    }
}
