package io.posthorn.websocket;

import java.util.Map;
import java.util.Optional;

import static io.posthorn.websocket.Deflate.MAX_WINDOW_BITS;
import static io.posthorn.websocket.Deflate.MIN_WINDOW_BITS;

/** The parameters of permessage-deflate that a client offers, or that both sides agreed on (RFC 7692 7.1). */
record DeflateParameters(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits,
        boolean serverWindowIsAsked,
        boolean clientWindowMayBeSet) {
    static final String EXTENSION = "permessage-deflate";

    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";

    /** Reads an offer; empty where it is not one that RFC 7692 7.1 allows, and is therefore to be declined. */
    static Optional<DeflateParameters> ofOffer(ExtensionHeader.Extension offer) {
        Map<String, String> values = offer.parameters();
        if (offer.repeatsParameter()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> parameter : values.entrySet()) {
            String value = parameter.getValue();
            boolean valid = switch (parameter.getKey()) {
                case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value.isEmpty();
                case SERVER_BITS -> isWindowBits(value);
                case CLIENT_BITS -> value.isEmpty() || isWindowBits(value);
                default -> false;
            };
            if (!valid) {
                return Optional.empty();
            }
        }
        return Optional.of(new DeflateParameters(
                values.containsKey(SERVER_NO_CONTEXT),
                values.containsKey(CLIENT_NO_CONTEXT),
                bits(values.getOrDefault(SERVER_BITS, "")),
                bits(values.getOrDefault(CLIENT_BITS, "")),
                values.containsKey(SERVER_BITS),
                values.containsKey(CLIENT_BITS)));
    }

    /** What an offer and the server's own wishes come to. */
    DeflateParameters agreeWith(Deflate wishes) {
        return new DeflateParameters(
                serverNoContextTakeover || wishes.serverNoContextTakeover(),
                clientNoContextTakeover || wishes.clientNoContextTakeover(),
                Math.min(serverMaxWindowBits, wishes.serverMaxWindowBits()),
                // RFC 7692 7.1.2.2: only a client that offers the parameter lets its window be set.
                clientWindowMayBeSet ? Math.min(clientMaxWindowBits, wishes.clientMaxWindowBits()) : MAX_WINDOW_BITS,
                serverWindowIsAsked,
                clientWindowMayBeSet);
    }

    /** The value of {@code Sec-WebSocket-Extensions} that accepts. */
    String toHeader() {
        StringBuilder header = new StringBuilder(EXTENSION);
        if (serverNoContextTakeover) {
            header.append("; ").append(SERVER_NO_CONTEXT);
        }
        if (clientNoContextTakeover) {
            header.append("; ").append(CLIENT_NO_CONTEXT);
        }
        // RFC 7692 7.1.2.1: a server that accepts an offer with this parameter says so, whatever its value.
        if (serverWindowIsAsked || serverMaxWindowBits < MAX_WINDOW_BITS) {
            header.append("; ").append(SERVER_BITS).append('=').append(serverMaxWindowBits);
        }
        if (clientMaxWindowBits < MAX_WINDOW_BITS) {
            header.append("; ").append(CLIENT_BITS).append('=').append(clientMaxWindowBits);
        }
        return header.toString();
    }

    /** RFC 7692 7.1.2.1: a decimal integer from 8 to 15, without leading zeros. */
    private static boolean isWindowBits(String value) {
        return switch (value) {
            case "8", "9", "10", "11", "12", "13", "14", "15" -> true;
            default -> false;
        };
    }

    private static int bits(String value) {
        return value.isEmpty() ? MAX_WINDOW_BITS : Math.max(MIN_WINDOW_BITS, Integer.parseInt(value));
    }
}
