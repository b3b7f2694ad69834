package io.posthorn.websocket.conformance;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** An opening handshake as text (RFC 6455 4.1), right until a test changes a line of it. Immutable. */
final class HandshakeRequest {
    /** A key whose accept value is {@link #ACCEPT}. */
    static final String KEY = "nkn9FKfNeUAg/SCLsFaD+w==";

    static final String ACCEPT = "knnYRiRuQnwyP6A12QAMUeE1Pvc=";

    private final String requestLine;
    private final List<String> headers;

    private HandshakeRequest(String requestLine, List<String> headers) {
        this.requestLine = requestLine;
        this.headers = headers;
    }

    static HandshakeRequest of(String host, String target) {
        return new HandshakeRequest(
                "GET " + target + " HTTP/1.1",
                List.of(
                        "Host: " + host,
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: " + KEY,
                        "Sec-WebSocket-Version: 13"));
    }

    /** The same request with another request line. */
    HandshakeRequest requestLine(String line) {
        return new HandshakeRequest(line, headers);
    }

    /** The same request with one more header. */
    HandshakeRequest with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new HandshakeRequest(requestLine, List.copyOf(more));
    }

    HandshakeRequest without(String name) {
        List<String> fewer = new ArrayList<>(headers);
        fewer.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        return new HandshakeRequest(requestLine, List.copyOf(fewer));
    }

    /** The same request with one header of this name, at the end. */
    HandshakeRequest replaced(String name, String value) {
        return without(name).with(name, value);
    }

    /** The values of all {@code Sec-WebSocket-Extensions} as one list. */
    String extensions() {
        String prefix = "Sec-WebSocket-Extensions:";
        return String.join(
                ",",
                headers.stream()
                        .filter(line -> line.startsWith(prefix))
                        .map(line -> line.substring(prefix.length()).strip())
                        .toList());
    }

    byte[] bytes() {
        return (requestLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n").getBytes(ISO_8859_1);
    }
}
