package io.posthorn.websocket.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ServerFrameReader.check;

/** The parameters of permessage-deflate on which a handshake has agreed (RFC 7692 7.1). */
record DeflateAgreement(
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits) {
    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";

    /** What a server's {@code Sec-WebSocket-Extensions} agrees to; it must answer one of the {@code offers}. */
    static DeflateAgreement of(String offers, String response) {
        Map<String, String> accepted = parameters(response).orElseThrow(() -> broken("is malformed", response));
        check(
                !accepted.getOrDefault(CLIENT_BITS, "15").isEmpty(),
                "a server names the bits that it asks for: " + response);
        boolean answers = Stream.of(offers.split(",", -1))
                .flatMap(offer -> parameters(offer).stream())
                .anyMatch(offer -> answers(offer, accepted));
        if (!answers) {
            throw broken("answers no offer of \"" + offers + "\"", response);
        }
        return new DeflateAgreement(
                accepted.containsKey(SERVER_NO_CONTEXT),
                accepted.containsKey(CLIENT_NO_CONTEXT),
                bits(accepted, SERVER_BITS),
                bits(accepted, CLIENT_BITS));
    }

    private static AssertionError broken(String how, String response) {
        return new AssertionError("the server's answer \"" + response + "\" " + how + " (RFC 7692 7.1)");
    }

    private static boolean answers(Map<String, String> offer, Map<String, String> accepted) {
        boolean serverContext = !offer.containsKey(SERVER_NO_CONTEXT) || accepted.containsKey(SERVER_NO_CONTEXT);
        boolean serverWindow = !offer.containsKey(SERVER_BITS)
                || (accepted.containsKey(SERVER_BITS) && bits(accepted, SERVER_BITS) <= bits(offer, SERVER_BITS));
        boolean clientWindow = !accepted.containsKey(CLIENT_BITS)
                || (offer.containsKey(CLIENT_BITS) && bits(accepted, CLIENT_BITS) <= bits(offer, CLIENT_BITS));
        return serverContext && serverWindow && clientWindow;
    }

    private static int bits(Map<String, String> parameters, String name) {
        String value = parameters.getOrDefault(name, "");
        return value.isEmpty() ? 15 : Integer.parseInt(value);
    }

    /** An extension's parameters, where it is permessage-deflate and all of them are valid. */
    private static Optional<Map<String, String>> parameters(String extension) {
        String[] parts = extension.split(";", -1);
        Map<String, String> parameters = new HashMap<>();
        boolean valid = parts[0].strip().equals(NAME);
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].strip().split("=", 2);
            String name = pair[0].strip();
            String value = pair.length == 1 ? "" : pair[1].strip().replace("\"", "");
            valid &= isValid(name, value) && parameters.put(name, value) == null;
        }
        return valid ? Optional.of(parameters) : Optional.empty();
    }

    private static boolean isValid(String name, String value) {
        boolean bits = value.matches("[89]|1[0-5]");
        return switch (name) {
            case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value.isEmpty();
            case SERVER_BITS -> bits;
            case CLIENT_BITS -> bits || value.isEmpty();
            default -> false;
        };
    }
}
