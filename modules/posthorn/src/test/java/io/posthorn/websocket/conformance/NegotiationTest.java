package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server makes of offered extensions (RFC 6455 9.1, RFC 7692 5 and 7.1). */
class NegotiationTest {
    private static final String HEADER = "Sec-WebSocket-Extensions";

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> anOfferIsAccepted() {
        return Stream.of(
                        "permessage-deflate",
                        "permessage-deflate; client_max_window_bits",
                        "permessage-deflate; client_max_window_bits=15",
                        "permessage-deflate; client_max_window_bits=8; server_max_window_bits=8",
                        "permessage-deflate; server_max_window_bits=\"10\"",
                        "permessage-deflate;server_no_context_takeover;client_no_context_takeover",
                        "permessage-deflate ; server_max_window_bits = 12",
                        "x-webkit-deflate-frame, permessage-deflate",
                        "permessage-bzip2; level=9, permessage-deflate; client_max_window_bits")
                .map(offer -> server.deflateCase(offer, offer, client -> {
                    client.sendMessage(ClientFrame.TEXT, Payloads.ascii(5000), 999);
                    client.expect(Event.text(Payloads.ascii(5000)));
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> anOfferThatIsNotValidIsDeclined() {
        return Stream.of(
                        "permessage-deflate; server_max_window_bits=7",
                        "permessage-deflate; server_max_window_bits=16",
                        "permessage-deflate; server_max_window_bits=08",
                        "permessage-deflate; server_max_window_bits=1000000000000",
                        "permessage-deflate; server_max_window_bits",
                        "permessage-deflate; client_max_window_bits=7",
                        "permessage-deflate; client_max_window_bits=16",
                        "permessage-deflate; client_max_window_bits=x",
                        "permessage-deflate; server_no_context_takeover=1",
                        "permessage-deflate; client_no_context_takeover=true",
                        "permessage-deflate; unknown",
                        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                        "permessage-deflate; server_max_window_bits=10; server_max_window_bits=11",
                        "permessage-bzip2",
                        "permessage-deflate-2")
                .map(offer -> DynamicTest.dynamicTest(offer, () -> {
                    HandshakeResponse response = ask(offer);

                    assertThat(response.status()).isEqualTo(101);
                    assertThat(response.header(HEADER)).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> afterADeclinedOfferTheNextOneIsTaken() {
        return Stream.of(
                        "permessage-deflate; server_max_window_bits=7",
                        "permessage-deflate; unknown=1",
                        "permessage-deflate; server_no_context_takeover; server_no_context_takeover")
                .map(bad -> DynamicTest.dynamicTest(
                        bad,
                        () -> assertThat(ask(bad + ", permessage-deflate; server_no_context_takeover")
                                        .header(HEADER))
                                .hasValueSatisfying(accepted -> assertThat(DeflateAgreement.of(
                                                        "permessage-deflate; server_no_context_takeover", accepted)
                                                .serverNoContextTakeover())
                                        .isTrue())));
    }

    @Test
    void offersMayStandInSeveralHeaders() {
        HandshakeRequest request = server.request("/deflate")
                .with(HEADER, "permessage-deflate; server_max_window_bits=7")
                .with(HEADER, "permessage-deflate; client_max_window_bits");
        try (RawWebSocketClient client = RawWebSocketClient.connect(server.address(), request)) {
            client.agreement();
            client.closeNormally();
        }
    }

    @Test
    void withoutAnOfferNothingIsCompressed() {
        try (RawWebSocketClient client = server.connect("/deflate")) {
            client.send(ClientFrame.text(Payloads.ascii(10_000)));
            assertThat(client.expect(Event.text(Payloads.ascii(10_000))).compressed())
                    .isFalse();
            client.closeNormally();
        }
    }

    @TestFactory
    Stream<DynamicTest> garbageIsRefusedOrIgnored() {
        return Stream.of(
                        "",
                        ",",
                        ",,,",
                        ";",
                        "=",
                        ";;;=;;",
                        "permessage-deflate;",
                        "permessage-deflate;;",
                        "permessage-deflate; =1",
                        "permessage-deflate; server_max_window_bits=",
                        "permessage-deflate; server_max_window_bits=\"",
                        "permessage-deflate; server_max_window_bits=\"9",
                        "permessage-deflate; server_max_window_bits=\"9\"9",
                        "permessage-deflate; server_max_window_bits=\"\\",
                        "permessage deflate",
                        "(permessage-deflate)",
                        "permessage-deflate\u00e4\u00ff",
                        "\"permessage-deflate\"",
                        "constructor, __proto__; toString=1, hasOwnProperty",
                        "permessage-deflate, ".repeat(100) + "x",
                        "permessage-deflate" + "; a".repeat(1000),
                        "x".repeat(10_000))
                .map(offer -> DynamicTest.dynamicTest(
                        "offer: " + offer.substring(0, Math.min(60, offer.length())),
                        () -> assertThat(ask(offer).status()).isIn(101, 400)));
    }

    private HandshakeResponse ask(String offer) {
        return HandshakeResponse.to(server.request("/deflate").with(HEADER, offer), server.address());
    }
}
