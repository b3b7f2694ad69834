package io.posthorn.websocket;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpRequest;
import io.posthorn.http.HttpResponse;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The opening handshake (RFC 6455 4.2): what is asked, and the answer. */
final class Handshake {
    /** RFC 6455 1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int NONCE_SIZE = 16;
    private static final int NONCE_CHARACTERS = 24;
    private static final String VERSION = "13";

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UPGRADE_REQUIRED = 426;

    private Handshake() {}

    /** What both sides agreed on beside the protocol itself: mostly nothing. */
    record Agreed(@Nullable String subprotocol, @Nullable DeflateParameters deflate) {
        static final Agreed NOTHING = new Agreed(null, null);

        static Agreed on(@Nullable String subprotocol, @Nullable DeflateParameters deflate) {
            return subprotocol == null && deflate == null ? NOTHING : new Agreed(subprotocol, deflate);
        }
    }

    /** What a request comes to: 101 with what was agreed on, or an error. */
    record Outcome(HttpResponse response, Agreed agreed) {
        boolean accepted() {
            return response.status() == SWITCHING_PROTOCOLS;
        }
    }

    /** Answers a request for a WebSocket. */
    static Outcome answer(HttpExchange exchange, WebSocketOptions options) {
        HttpRequest request = exchange.request();
        Optional<HttpResponse> refusal = refuse(request);
        if (refusal.isPresent()) {
            return new Outcome(refusal.get(), Agreed.NOTHING);
        }
        if (!options.origins().allows(exchange)) {
            return refused(FORBIDDEN, "This page's origin may not connect here.");
        }
        try {
            List<ExtensionHeader.Extension> offers = ExtensionHeader.parse(request.headers("Sec-WebSocket-Extensions"));
            return accept(request, options, DeflateNegotiation.agree(offers, options));
        } catch (IllegalArgumentException malformed) {
            return refused(BAD_REQUEST, "Sec-WebSocket-Extensions is malformed: " + malformed.getMessage() + ".");
        }
    }

    /** The value that proves that the server has understood (RFC 6455 4.2.2). */
    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-1", missing);
        }
    }

    private static Outcome accept(HttpRequest request, WebSocketOptions options, Optional<DeflateParameters> deflate) {
        String subprotocol = tokens(request, "Sec-WebSocket-Protocol").stream()
                .filter(options.subprotocols()::contains)
                .findFirst()
                .orElse(null);
        Agreed agreed = Agreed.on(subprotocol, deflate.orElse(null));
        return new Outcome(switching(request, agreed, List.of()), agreed);
    }

    /**
     * The answer to a request that is accepted.
     *
     * @param added the headers that it has beside those of the handshake
     */
    static HttpResponse switching(HttpRequest request, Agreed agreed, List<Map.Entry<String, String>> added) {
        String key = request.header("Sec-WebSocket-Key").orElseThrow().trim();
        HttpResponse response = HttpResponse.of(SWITCHING_PROTOCOLS)
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .header("Sec-WebSocket-Accept", accept(key));
        if (agreed.subprotocol() != null) {
            response = response.header("Sec-WebSocket-Protocol", agreed.subprotocol());
        }
        if (agreed.deflate() != null) {
            response =
                    response.header("Sec-WebSocket-Extensions", agreed.deflate().toHeader());
        }
        return with(response, added);
    }

    /** An answer with more headers. */
    static HttpResponse with(HttpResponse response, List<Map.Entry<String, String>> added) {
        HttpResponse more = response;
        for (Map.Entry<String, String> header : added) {
            more = more.header(header.getKey(), header.getValue());
        }
        return more;
    }

    /** The rules of RFC 6455 4.2.1, in the order in which a developer would want to hear of them. */
    private static Optional<HttpResponse> refuse(HttpRequest request) {
        if (!request.method().equals("GET")) {
            return refusal(METHOD_NOT_ALLOWED, "A WebSocket begins with GET.").map(r -> r.header("Allow", "GET"));
        }
        if (!request.isHttp11() || !contains(request, "Upgrade", "websocket")) {
            return refusal(UPGRADE_REQUIRED, "This path speaks WebSocket.")
                    .map(r -> r.header("Upgrade", "websocket").header("Connection", "Upgrade"));
        }
        if (!contains(request, "Connection", "upgrade")) {
            return refusal(BAD_REQUEST, "Connection does not name Upgrade.");
        }
        List<String> version = request.headers("Sec-WebSocket-Version");
        if (version.size() != 1 || !version.get(0).trim().equals(VERSION)) {
            // RFC 6455 4.4: the answer names the version that is spoken.
            return refusal(UPGRADE_REQUIRED, "Only version 13 of WebSocket is spoken here.")
                    .map(r -> r.header("Sec-WebSocket-Version", VERSION));
        }
        List<String> keys = request.headers("Sec-WebSocket-Key");
        if (keys.size() != 1 || !isNonce(keys.get(0).trim())) {
            return refusal(BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in base64.");
        }
        return Optional.empty();
    }

    private static boolean isNonce(String key) {
        try {
            return key.length() == NONCE_CHARACTERS && Base64.getDecoder().decode(key).length == NONCE_SIZE;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean contains(HttpRequest request, String header, String token) {
        return tokens(request, header).stream().anyMatch(token::equalsIgnoreCase);
    }

    /** The members of a comma-separated header, over all its lines. */
    private static List<String> tokens(HttpRequest request, String header) {
        return request.headers(header).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::trim)
                .filter(member -> !member.isEmpty())
                .toList();
    }

    private static Optional<HttpResponse> refusal(int status, String sentence) {
        return Optional.of(HttpResponse.text(status, sentence + "\n"));
    }

    private static Outcome refused(int status, String sentence) {
        return new Outcome(HttpResponse.text(status, sentence + "\n"), Agreed.NOTHING);
    }

    /** The status line and headers of the answer, as the server writes them. */
    static String headText(HttpResponse response) {
        StringBuilder text = new StringBuilder("HTTP/1.1 101 Switching Protocols\n");
        response.headers()
                .forEach(header -> text.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append('\n'));
        return text.toString();
    }
}
