package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A reader's side of one connection, on a bare socket: asks by GET, and reads an answer, a stream or frames. */
public final class ClientConnection implements AutoCloseable {
    /** RFC 6455 5.5.1. */
    public static final int CLOSE = 8;

    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private Bytes body = () -> -1;

    /** The head of an answer, its headers by their names in lower case. */
    public record Head(int status, Map<String, String> headers) {}

    /** One frame of the server's, its payload as text. */
    public record Frame(int opcode, String text) {}

    /** Where bytes come from. */
    @FunctionalInterface
    private interface Bytes {
        /** The next byte, or a negative number at the end. */
        int read() throws IOException;
    }

    /** Connects. */
    public ClientConnection(int port) throws IOException {
        this(port, 0);
    }

    /** Connects with a receive buffer of so many bytes, and little more; 0 leaves it to the system. */
    public ClientConnection(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Asks for a target, with lines of headers beside Host. */
    public ClientConnection get(String target, String... headers) throws IOException {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Asks for a WebSocket. */
    public ClientConnection upgrade(String target, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
        return get(
                target,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==" + more);
    }

    /** Reads the head of the answer. */
    public Head head() throws IOException {
        String statusLine = line(in::read);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in::read); !line.isEmpty(); line = line(in::read)) {
            String[] field = line.split(": ?", 2);
            headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
        }
        body = headers.containsKey("transfer-encoding") ? new Chunks(in) : in::read;
        return new Head(Integer.parseInt(statusLine.split(" ", 3)[1]), headers);
    }

    /** Reads a body whose length the head says. */
    public byte[] body(Head head) throws IOException {
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Reads the next line of a stream, without its end; null where the stream has ended, and what it ended in is lost. */
    public @Nullable String nextLine() throws IOException {
        try {
            return line(body);
        } catch (EOFException end) {
            return null;
        }
    }

    /** Reads the next frame; null where the connection has ended. */
    public @Nullable Frame nextFrame() throws IOException {
        try {
            int first = byteOf(in::read);
            int length = byteOf(in::read);
            if (length == 126) {
                length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xffff;
            } else if (length == 127) {
                length = (int) ByteBuffer.wrap(in.readNBytes(8)).getLong();
            }
            byte[] payload = in.readNBytes(length);
            return payload.length < length
                    ? null
                    : new Frame(first & 0x0f, new String(payload, StandardCharsets.UTF_8));
        } catch (EOFException end) {
            return null;
        }
    }

    /** Reads so many bytes of what has come already, fewer where there are fewer. */
    public void skip(int bytes) throws IOException {
        in.readNBytes(Math.min(bytes, in.available()));
    }

    /** Leaves by a reset, whatever is under way. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String line(Bytes from) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = byteOf(from); next != '\n'; next = byteOf(from)) {
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static int byteOf(Bytes from) throws IOException {
        int next = from.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    /** RFC 9112 7.1. */
    private static final class Chunks implements Bytes {
        private final InputStream in;
        private long left;
        private boolean begun;
        private boolean ended;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            if (ended) {
                return -1;
            }
            left--;
            return byteOf(in::read);
        }

        private void next() throws IOException {
            if (begun && !line(in::read).isEmpty()) {
                throw new IOException("a chunk is longer than it says");
            }
            begun = true;
            left = Long.parseLong(line(in::read), 16);
            ended = left == 0;
        }
    }
}
