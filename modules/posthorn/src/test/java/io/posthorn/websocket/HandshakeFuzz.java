package io.posthorn.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.posthorn.http.Exchanges;
import io.posthorn.http.HttpExchange;
import io.posthorn.http.OriginPolicy;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class HandshakeFuzz {
    private static final Exchanges EXCHANGES = new Exchanges();
    private static final WebSocketOptions OPTIONS = WebSocketOptions.defaults()
            .withDeflate(Deflate.defaults().withMaxWindowBits(14, 13))
            .withSubprotocols("chat.v1", "chat.v2")
            .withOrigins(OriginPolicy.any());
    private static final List<String> PIECES = List.of(
            "permessage-deflate",
            "server_max_window_bits",
            "client_max_window_bits",
            "server_no_context_takeover",
            "client_no_context_takeover",
            "; ",
            ", ",
            "=",
            "\"",
            "8",
            "15",
            "x-other",
            "chat.v2",
            "websocket",
            "Upgrade",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "13");

    @FuzzTest
    void anyHeadersAreAnsweredWith101OrAnError(FuzzedDataProvider data) {
        String request = "GET /echo HTTP/1.1\r\nHost: a\r\n"
                + header("Upgrade", "websocket", data)
                + header("Connection", "keep-alive, Upgrade", data)
                + header("Sec-WebSocket-Version", "13", data)
                + header("Sec-WebSocket-Key", "nkn9FKfNeUAg/SCLsFaD+w==", data)
                + header("Sec-WebSocket-Protocol", "chat.v2, chat.v1", data)
                + "Sec-WebSocket-Extensions: " + value(data) + "\r\n\r\n";

        EXCHANGES.of(request).ifPresent(HandshakeFuzz::check);
    }

    private static void check(HttpExchange exchange) {
        Handshake.Outcome outcome = Handshake.answer(exchange, OPTIONS);

        assertThat(outcome.response().status()).isIn(101, 400, 426);
        if (outcome.accepted()) {
            String key = exchange.header("Sec-WebSocket-Key").orElseThrow().trim();
            assertThat(outcome.response().header("Sec-WebSocket-Accept")).contains(Handshake.accept(key));
            assertThat(Optional.ofNullable(outcome.agreed().subprotocol()))
                    .isEqualTo(outcome.response().header("Sec-WebSocket-Protocol"));
            checkDeflate(outcome.agreed().deflate(), outcome.response().header("Sec-WebSocket-Extensions"));
        }
    }

    /** What the header says is what was agreed on. */
    private static void checkDeflate(@Nullable DeflateParameters agreed, Optional<String> header) {
        assertThat(header.isPresent()).isEqualTo(agreed != null);
        if (agreed != null) {
            List<ExtensionHeader.Extension> told = ExtensionHeader.parse(List.of(header.orElseThrow()));
            assertThat(told).hasSize(1);
            DeflateParameters read = DeflateParameters.ofOffer(told.get(0)).orElseThrow();
            assertThat(read.serverMaxWindowBits())
                    .isEqualTo(agreed.serverMaxWindowBits())
                    .isBetween(8, 14);
            assertThat(read.clientMaxWindowBits()).isEqualTo(agreed.clientMaxWindowBits());
            assertThat(read.serverNoContextTakeover()).isEqualTo(agreed.serverNoContextTakeover());
            assertThat(read.clientNoContextTakeover()).isEqualTo(agreed.clientNoContextTakeover());
        }
    }

    /** Mostly what belongs there. */
    private static String header(String name, String usual, FuzzedDataProvider data) {
        return name + ": " + (data.consumeInt(0, 7) == 0 ? value(data) : usual) + "\r\n";
    }

    private static String value(FuzzedDataProvider data) {
        StringBuilder value = new StringBuilder();
        int pieces = data.consumeInt(0, 20);
        for (int i = 0; i < pieces; i++) {
            int piece = data.consumeInt(-1, PIECES.size() - 1);
            value.append(piece < 0 ? data.consumeAsciiString(3) : PIECES.get(piece));
        }
        return value.toString();
    }
}
