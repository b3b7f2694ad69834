package io.posthorn.websocket.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.posthorn.websocket.conformance.ServerFrameReader.check;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What a server answers to an opening handshake: the status and the headers; a body is left in the stream. */
record HandshakeResponse(String statusLine, List<String> lines) {
    private static final int MAX_HEAD = 64 * 1024;

    /** The answer to a request on a connection of its own, which is closed. */
    static HandshakeResponse to(HandshakeRequest request, InetSocketAddress server) {
        try (Socket socket = RawWebSocketClient.open(server)) {
            socket.getOutputStream().write(request.bytes());
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HandshakeResponse read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0D0A0D0A) {
            int next = in.read();
            check(next >= 0, "the server closed the connection instead of answering; seen: " + head);
            check(head.size() < MAX_HEAD, "a response's head has an end");
            head.write(next);
            last = last << 8 | next;
        }
        List<String> lines = List.of(head.toString(ISO_8859_1).split("\r\n", 0));
        return new HandshakeResponse(lines.get(0), lines.subList(1, lines.size()));
    }

    int status() {
        check(statusLine.matches("HTTP/1\\.1 [1-5][0-9][0-9]( .*)?"), "a status line: " + statusLine);
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    /** The header's values, joined; empty where it does not occur. */
    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .reduce((first, second) -> first + ", " + second);
    }

    /** Fails unless this is the answer that a client must see before it speaks WebSocket (RFC 6455 4.1). */
    HandshakeResponse requireSwitch() {
        check(status() == 101, "the server answered " + statusLine);
        check(header("Upgrade").orElse("").equalsIgnoreCase("websocket"), "Upgrade: websocket in " + lines);
        check(header("Connection").orElse("").equalsIgnoreCase("upgrade"), "Connection: Upgrade in " + lines);
        check(
                header("Sec-WebSocket-Accept").orElse("").equals(HandshakeRequest.ACCEPT),
                "the accept value in " + lines);
        check(header("Content-Length").isEmpty(), "a 101 has no body: " + lines);
        return this;
    }
}
