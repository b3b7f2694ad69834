package io.posthorn.websocket.conformance;

import io.posthorn.Posthorn;
import io.posthorn.websocket.Deflate;
import io.posthorn.websocket.WebSocketOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server wishes of compression, against what clients offer: both are kept. */
class DeflateWishesTest {
    private static final Posthorn POSTHORN = Posthorn.create();
    private static final Deflate DEFAULTS = Deflate.defaults();

    private static final List<Deflate> WISHES = List.of(
            DEFAULTS,
            DEFAULTS.withThreshold(0),
            DEFAULTS.withLevel(1),
            DEFAULTS.withLevel(9),
            DEFAULTS.withNoContextTakeover(true, false),
            DEFAULTS.withNoContextTakeover(false, true),
            DEFAULTS.withNoContextTakeover(true, true),
            DEFAULTS.withMaxWindowBits(8, 8),
            DEFAULTS.withMaxWindowBits(9, 15),
            DEFAULTS.withMaxWindowBits(15, 9),
            DEFAULTS.withMaxWindowBits(11, 12).withNoContextTakeover(true, true));

    private static final List<String> OFFERS = List.of(
            "permessage-deflate",
            "permessage-deflate; client_max_window_bits",
            "permessage-deflate; client_max_window_bits=10; server_max_window_bits=10",
            "permessage-deflate; client_no_context_takeover; server_no_context_takeover");

    private static InetSocketAddress address = new InetSocketAddress(0);

    @BeforeAll
    static void listen() throws IOException {
        for (int i = 0; i < WISHES.size(); i++) {
            POSTHORN.webSocket("/" + i, WebSocketOptions.defaults().withDeflate(WISHES.get(i)), ws -> {
                ws.onText(ws::send);
                ws.onBinary(ws::send);
            });
        }
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), POSTHORN.listen("127.0.0.1", 0));
    }

    @AfterAll
    static void close() {
        POSTHORN.close();
    }

    @TestFactory
    Stream<DynamicTest> bothSidesGetTheStricterOfWhatTheyAskFor() {
        return WISHES.stream()
                .flatMap(wish -> OFFERS.stream()
                        .map(offer -> DynamicTest.dynamicTest(wish + " " + offer, () -> {
                            try (RawWebSocketClient client = connect(wish, offer)) {
                                DeflateAgreement agreed = client.agreement();
                                assertThat(agreed.serverNoContextTakeover() || !wish.serverNoContextTakeover())
                                        .isTrue();
                                assertThat(agreed.clientNoContextTakeover() || !wish.clientNoContextTakeover())
                                        .isTrue();
                                assertThat(agreed.serverMaxWindowBits())
                                        .isLessThanOrEqualTo(wish.serverMaxWindowBits());
                                if (offer.contains("client_max_window_bits")) {
                                    assertThat(agreed.clientMaxWindowBits())
                                            .isLessThanOrEqualTo(wish.clientMaxWindowBits());
                                }
                                echoMany(client);
                                client.closeNormally();
                            }
                        })));
    }

    @Test
    void messagesBelowTheThresholdAreSentAsTheyAre() {
        try (RawWebSocketClient client = connect(DEFAULTS.withThreshold(0), "permessage-deflate")) {
            assertThat(echo(client, 0).compressed()).isTrue();
            assertThat(echo(client, 10).compressed()).isTrue();
        }
        try (RawWebSocketClient client = connect(DEFAULTS, "permessage-deflate")) {
            assertThat(echo(client, DEFAULTS.threshold() - 1).compressed()).isFalse();
            assertThat(echo(client, DEFAULTS.threshold()).compressed()).isTrue();
        }
    }

    private static void echoMany(RawWebSocketClient client) {
        byte[] corpus = Payloads.html(300_000);
        for (int i = 0; i < 8; i++) {
            byte[] text = Payloads.text(corpus, i * 30_000, 30_000);
            client.sendMessage(ClientFrame.TEXT, text, 10_000);
            client.expect(Event.text(text));
        }
    }

    private static Event echo(RawWebSocketClient client, int length) {
        client.send(ClientFrame.text(Payloads.ascii(length)));
        return client.expect(Event.text(Payloads.ascii(length)));
    }

    private static RawWebSocketClient connect(Deflate wish, String offer) {
        HandshakeRequest request = HandshakeRequest.of("127.0.0.1:" + address.getPort(), "/" + WISHES.indexOf(wish));
        return RawWebSocketClient.connect(address, request.with("Sec-WebSocket-Extensions", offer));
    }
}
