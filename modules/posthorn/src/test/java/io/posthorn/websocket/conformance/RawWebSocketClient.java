package io.posthorn.websocket.conformance;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import static io.posthorn.websocket.conformance.ServerFrameReader.check;

/**
 * A WebSocket client for tests on a plain blocking socket: it writes exactly the bytes that a test asks for, cut where
 * the test asks, and reads with no tolerance at all. Used by one thread, and closed by the test.
 */
final class RawWebSocketClient implements AutoCloseable {
    /** How long a test waits before it calls the server silent; no test is faster or slower for it. */
    private static final int PATIENCE_MILLIS = Integer.getInteger("conformance.patience", 30_000);

    private final Random maskingKeys = new Random(6455);
    private final Socket socket;
    private final @Nullable DeflateAgreement agreement;
    private final @Nullable MessageDeflater deflater;
    private final MessageReader reader;
    private @Nullable SocketException writeFailure;

    private RawWebSocketClient(Socket socket, InputStream in, HandshakeResponse response, String offers) {
        this.socket = socket;
        String accepted = response.header("Sec-WebSocket-Extensions").orElse("");
        this.agreement = accepted.isEmpty() ? null : DeflateAgreement.of(offers, accepted);
        this.deflater = agreement == null ? null : new MessageDeflater(agreement);
        CheckedInflater inflater = agreement == null
                ? null
                : new CheckedInflater(agreement.serverMaxWindowBits(), !agreement.serverNoContextTakeover());
        this.reader = new MessageReader(new ServerFrameReader(in, agreement != null), inflater);
    }

    /** Connects, shakes hands, and fails the test unless the server switches as RFC 6455 says. */
    static RawWebSocketClient connect(InetSocketAddress server, HandshakeRequest request) {
        return connect(server, request.extensions(), request.bytes());
    }

    /** The same, with the request, and what follows it at once, in these writes. */
    static RawWebSocketClient connect(InetSocketAddress server, String offers, byte[]... writes) {
        try {
            Socket socket = open(server);
            for (byte[] bytes : writes) {
                socket.getOutputStream().write(bytes);
            }
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            return new RawWebSocketClient(socket, in, HandshakeResponse.read(in).requireSwitch(), offers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A socket to the server that sends each write at once. */
    static Socket open(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server);
        return socket;
    }

    /** What was agreed; fails the test where nothing was. */
    DeflateAgreement agreement() {
        check(agreement != null, "the server declined permessage-deflate");
        return Objects.requireNonNull(agreement);
    }

    /** The frames, all in one write. */
    RawWebSocketClient send(ClientFrame... frames) {
        return sendBytes(masked(List.of(frames)));
    }

    /** The frames, in writes of {@code size} bytes, wherever that cuts them. */
    RawWebSocketClient sendChopped(int size, ClientFrame... frames) {
        return chopped(size, masked(List.of(frames)));
    }

    /** The frames, one write for each. */
    RawWebSocketClient sendFrameByFrame(ClientFrame... frames) {
        for (ClientFrame frame : frames) {
            send(frame);
        }
        return this;
    }

    /** A message, compressed if that was agreed, in frames of at most {@code fragment} bytes. */
    RawWebSocketClient sendMessage(int opcode, byte[] payload, int fragment) {
        byte[] carried = deflater == null ? payload : deflater.deflate(payload);
        int rsv = deflater == null ? 0 : ClientFrame.RSV1;
        return sendBytes(masked(ClientFrame.fragments(opcode, rsv, carried, fragment)));
    }

    /** What the agreed compression makes of one message, for a test that builds its frames itself. */
    byte[] deflate(byte[] payload) {
        return Objects.requireNonNull(deflater, "nothing was agreed").deflate(payload);
    }

    /** The bytes as they are. A write that fails is not the failure: what the server said before it closed is. */
    RawWebSocketClient sendBytes(byte[] bytes) {
        try {
            if (writeFailure == null) {
                socket.getOutputStream().write(bytes);
            }
        } catch (SocketException e) {
            writeFailure = e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The bytes as they are, in writes of {@code size} bytes. */
    RawWebSocketClient chopped(int size, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += size) {
            sendBytes(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        return this;
    }

    /** The frames' bytes, each with a masking key of its own. */
    byte[] masked(List<ClientFrame> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frames.forEach(frame -> out.writeBytes(frame.bytes(maskingKeys.nextInt())));
        return out.toByteArray();
    }

    /** The next thing that the server does. */
    Event next() {
        try {
            return reader.next();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server was silent for " + PATIENCE_MILLIS + " ms", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the server's next event is {@code expected}; the event tells how it was carried. */
    Event expect(Event expected) {
        Event seen = next();
        if (!seen.equals(expected)) {
            throw new AssertionError("expected " + expected + ", seen " + seen);
        }
        return seen;
    }

    /** Fails unless the server now sends a Close frame with one of {@code codes}. */
    Event expectClose(Integer... codes) {
        Event seen = next();
        if (seen.kind() != Event.Kind.CLOSE || !List.of(codes).contains(seen.code())) {
            throw new AssertionError("expected CLOSE " + List.of(codes) + ", seen " + seen);
        }
        return seen;
    }

    /**
     * Fails unless the server fails the connection for this reason (RFC 6455 7.1.7): its Close frame, which the client
     * answers, then an orderly end that the server makes.
     */
    void expectFailure(int code) {
        expectClose(code);
        send(ClientFrame.close(code, ""));
        expect(Event.end());
    }

    /** The closing handshake, begun by the client; the server must be the one who ends the TCP stream. */
    void closeNormally() {
        send(ClientFrame.close(1000, "done"));
        expectClose(1000);
        expect(Event.end());
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            if (deflater != null) {
                deflater.close();
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
