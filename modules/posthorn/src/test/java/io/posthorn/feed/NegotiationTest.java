package io.posthorn.feed;

import io.posthorn.http.RawClient;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which transport a request asks for: the first of these rules that applies. */
@Timeout(60)
class NegotiationTest {
    private static final String HANDSHAKE = "Upgrade: websocket;Connection: Upgrade;Sec-WebSocket-Version: 13;"
            + "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==;";
    private static final String BROWSER =
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    private final FeedServer server = new FeedServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "short, SHORT_POLLING",
        "long, LONG_POLLING",
        "iframe, IFRAME",
        "eventsource, EVENT_SOURCE",
        "websocket, WEB_SOCKET"
    })
    void firstTheTransportThatTheAddressNames(String name, TransportType expected) {
        assertThat(asked(
                        "?wait=1&transport=" + name,
                        HANDSHAKE + "Accept: text/event-stream, text/html;Sec-Fetch-Dest: iframe;Prefer: wait=1"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "poll", "LONG", "sse"})
    void aTransportThatThereIsNotIsRefused(String name) {
        assertThat(server.get("/feed?transport=" + name, "Accept: text/event-stream"))
                .startsWith("HTTP/1.1 400 Bad Request\r\n");
    }

    @Test
    void thenUpgrade() {
        assertThat(asked("?wait=1", HANDSHAKE + "Accept: text/event-stream;Sec-Fetch-Dest: iframe"))
                .isEqualTo(TransportType.WEB_SOCKET);
        assertThat(asked("", HANDSHAKE + "Sec-Fetch-Dest: websocket")).isEqualTo(TransportType.WEB_SOCKET);
        assertThat(asked("", HANDSHAKE.replace("Upgrade: websocket", "Upgrade: WebSocket")))
                .isEqualTo(TransportType.WEB_SOCKET);
    }

    @Test
    void anUpgradeToSomethingElseIsIgnored() {
        assertThat(asked(
                        "",
                        "Upgrade: h2c;Connection: Upgrade, HTTP2-Settings;HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"))
                .isEqualTo(TransportType.SHORT_POLLING);
        assertThat(asked("", "Upgrade: h2c;Connection: Upgrade;Accept: text/event-stream"))
                .isEqualTo(TransportType.EVENT_SOURCE);
    }

    @Test
    void thenTextEventStream() {
        assertThat(asked("?wait=1", "Accept: text/event-stream;Sec-Fetch-Dest: iframe;Prefer: wait=1"))
                .isEqualTo(TransportType.EVENT_SOURCE);
        assertThat(asked("", "Accept: text/html;Accept: text/plain, Text/Event-Stream ; q=0.9"))
                .isEqualTo(TransportType.EVENT_SOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iframe", "frame"})
    void thenANavigationIntoAFrame(String destination) {
        assertThat(asked("", "Sec-Fetch-Dest: " + destination)).isEqualTo(TransportType.IFRAME);
        assertThat(asked("?wait=1", "Prefer: wait=1|Sec-Fetch-Dest: " + destination + "|" + BROWSER))
                .isEqualTo(TransportType.IFRAME);
    }

    @Test
    void whereTheBrowserDoesNotSayWhatForAPageIsOneForAFrame() {
        assertThat(asked("", BROWSER + "|")).isEqualTo(TransportType.IFRAME);
        assertThat(asked("?wait=1", BROWSER + "|Prefer: wait=1")).isEqualTo(TransportType.IFRAME);
    }

    @Test
    void anAddressBarGetsAShortPoll() {
        assertThat(asked("", BROWSER + "|Sec-Fetch-Dest: document|Sec-Fetch-Mode: navigate"))
                .isEqualTo(TransportType.SHORT_POLLING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "script", "image", "embed", "object"})
    void whatABrowserFetchesForSomethingElseIsNoFrame(String destination) {
        assertThat(asked("", BROWSER + "|Sec-Fetch-Dest: " + destination)).isEqualTo(TransportType.SHORT_POLLING);
    }

    @Test
    void thenAWait() {
        assertThat(asked("?wait=1", "Accept: */*")).isEqualTo(TransportType.LONG_POLLING);
        assertThat(asked("", "Prefer: wait=1|Accept: application/json|Sec-Fetch-Dest: empty"))
                .isEqualTo(TransportType.LONG_POLLING);
    }

    @Test
    void otherwiseAShortPoll() {
        assertThat(asked("", "")).isEqualTo(TransportType.SHORT_POLLING);
        assertThat(asked("?cursor=a-1&envelope=json", "Accept: */*|Last-Event-ID: a-1"))
                .isEqualTo(TransportType.SHORT_POLLING);
    }

    /** Which transport a request has got, as the counters say. Headers end with a bar or, where none has one, a semicolon. */
    private TransportType asked(String query, String headers) {
        Map<TransportType, Long> before = server.stats().opened();
        String[] lines = Arrays.stream(headers.split(headers.contains("|") ? "\\|" : ";(?! ?q=)"))
                .filter(line -> !line.isBlank())
                .toArray(String[]::new);
        try (RawClient client = server.send("/feed" + query, lines)) {
            await().until(() -> !server.stats().opened().equals(before));
            assertThat(client.head()).startsWith("HTTP/1.1 ");
        }
        Map<TransportType, Long> after = server.stats().opened();
        return Arrays.stream(TransportType.values())
                .filter(type -> !Objects.equals(after.get(type), before.get(type)))
                .reduce((one, other) -> {
                    throw new AssertionError("both " + one + " and " + other);
                })
                .orElseThrow();
    }
}
