package io.posthorn.playground;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client that is a bare socket: it sends a request as it stands in a guide and shows the answer. Of a body in chunks
 * (RFC 9112 7.1) it shows what is in them.
 */
final class WireClient implements SampleClient {
    private final Socket socket;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Thread reader = new Thread(this::read, "answer to a sample");

    WireClient(int port, String request) throws IOException {
        socket = new Socket("localhost", port);
        String lines = request.stripTrailing().replace("\n", "\r\n");
        String whole = lines.contains("\r\n\r\n") ? lines : lines + "\r\n\r\n";
        socket.getOutputStream().write(whole.getBytes(StandardCharsets.UTF_8));
        reader.start();
    }

    @Override
    public String output() {
        // One character for each byte, until the chunks are taken apart.
        String answer = received.toString(StandardCharsets.ISO_8859_1);
        int end = answer.indexOf("\r\n\r\n") + 4;
        if (end >= 4 && answer.substring(0, end).toLowerCase(Locale.ROOT).contains(": chunked\r\n")) {
            answer = answer.substring(0, end) + dechunked(answer.substring(end));
        }
        return new String(answer.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Override
    public boolean hasEnded() {
        return !reader.isAlive();
    }

    @Override
    public String complaints() {
        return "";
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            throw new IllegalStateException(alreadyClosed);
        }
    }

    private static String dechunked(String body) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int line = body.indexOf("\r\n"); line >= 0; line = body.indexOf("\r\n", at)) {
            int start = line + 2;
            int end = start + Integer.parseInt(body.substring(at, line), 16);
            if (end + 2 > body.length()) {
                break;
            }
            text.append(body, start, end);
            at = end + 2;
        }
        return text.toString();
    }

    private void read() {
        try {
            socket.getInputStream().transferTo(received);
        } catch (IOException closed) {
            return; // by the sample's end, or by the server: what came until then counts
        }
    }
}
