package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.head;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;

class HandshakeTest {
    private final EngineHost host = new EngineHost(EngineOptions.defaults(), new Recorder());

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theHandshakeHasExactlyFiveKeys() {
        String open = body(EngineClient.get(host, "EIO=4&transport=polling"));

        assertThat(open)
                .matches("0\\{\"sid\":\"[-_A-Za-z0-9]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
    }

    @Test
    void aWebSocketHasNothingToUpgradeTo() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            assertThat(frames.next())
                    .matches("0\\{\"sid\":\"[-_A-Za-z0-9]{20}\",\"upgrades\":\\[],\"pingInterval\":25000,"
                            + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
        }
    }

    @Test
    void idsAreTheServersAndDiffer() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            // S3: what a client brings is no id, whatever it is called.
            String answer = EngineClient.get(host, "EIO=4&transport=polling&id=mine", "Cookie: io=mine", "io: mine");
            ids.add(EngineClient.sid(answer));
            assertThat(head(answer)).doesNotContainIgnoringCase("set-cookie").doesNotContainIgnoringCase("\r\nserver:");
        }
        assertThat(ids).hasSize(100).doesNotContain("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EIO=4", "EIO=4&transport=", "EIO=4&transport=abc", "EIO=4&transport=flashsocket"})
    void anUnknownTransportHasCode0(String query) {
        assertRefused(EngineClient.get(host, query), 400, "{\"code\":0,\"message\":\"Transport unknown\"}");
    }

    @Test
    void theTransportIsLookedAtBeforeTheRevision() {
        String answer = EngineClient.get(host, "EIO=3&transport=abc");
        assertRefused(answer, 400, "{\"code\":0,\"message\":\"Transport unknown\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transport=polling&sid=abc", "EIO=4&transport=websocket&sid=abc"})
    void anUnknownSessionHasCode1(String query) {
        assertRefused(EngineClient.get(host, query), 400, "{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void aHandshakeThatIsNoGetHasCode2AndLeavesNothing(String method) {
        String answer = EngineClient.answer(host, method, "EIO=4&transport=polling");

        assertRefused(answer, 400, "{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertThat(host.engine().sessions()).isZero();
    }

    @Test
    void aWebSocketWithoutUpgradeHasCode3() {
        String answer = EngineClient.get(host, "EIO=4&transport=websocket");
        assertRefused(answer, 400, "{\"code\":3,\"message\":\"Bad request\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport=polling",
                "EIO=3&transport=polling",
                "EIO=5&transport=polling",
                "EIO=abc&transport=polling"
            })
    void anotherRevisionHasCode5(String query) {
        assertRefused(EngineClient.get(host, query), 400, "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    }

    @Test
    void aWebSocketHandshakeIsRefusedBefore101() {
        List<ConnectionError> errors = new CopyOnWriteArrayList<>();
        host.engine().onConnectionError(errors::add);
        try (RawClient client = new RawClient(host.port())) {
            String answer = client.send(EngineFrames.handshake("EIO=3&transport=websocket"))
                    .answer();

            assertRefused(answer, 400, "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
            assertThat(head(answer)).containsIgnoringCase("\r\nconnection: close");
            assertThat(client.rest()).isEmpty();
        }
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo(5);
            assertThat(error.message()).isEqualTo("Unsupported protocol version");
            assertThat(error.context()).containsEntry("protocol", "3");
        });
    }

    @Test
    void aPutForASessionIsABadRequest() {
        try (EngineClient client = EngineClient.open(host)) {
            assertRefused(client.answerOf("PUT", ""), 400, "{\"code\":3,\"message\":\"Bad request\"}");
            assertThat(status(client.post("4a"))).isEqualTo(200);
        }
    }

    @Test
    void refusalsAreCountedByTheirCodes() {
        EngineClient.get(host, "EIO=4&transport=abc");
        EngineClient.get(host, "EIO=3&transport=polling");
        EngineClient.get(host, "EIO=5&transport=polling");

        assertThat(host.stats().refused())
                .containsEntry(0, 1L)
                .containsEntry(5, 2L)
                .containsEntry(1, 0L);
    }

    private static void assertRefused(String answer, int status, String body) {
        assertThat(status(answer)).isEqualTo(status);
        assertThat(body(answer)).isEqualTo(body);
        assertThat(head(answer)).containsIgnoringCase("\r\ncontent-type: application/json");
    }
}
