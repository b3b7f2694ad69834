package io.posthorn.websocket;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.loop.IoKind;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A server with one WebSocket path, and raw sockets to it. */
final class TestServer implements AutoCloseable {
    private static final String[] HANDSHAKE = {
        "GET /ws HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==",
        "Sec-WebSocket-Version: 13",
        "",
        ""
    };

    private final Posthorn posthorn;
    private final int port;

    TestServer(WebSocketOptions options, Consumer<WebSocket> onConnection) throws IOException {
        this(IoKind.best(), options, onConnection);
    }

    TestServer(IoKind kind, WebSocketOptions options, Consumer<WebSocket> onConnection) throws IOException {
        posthorn = Posthorn.create(PosthornOptions.defaults().withIo(kind).withLoops(2));
        posthorn.webSocket("/ws", options, onConnection);
        port = posthorn.listen("127.0.0.1", 0);
    }

    WebSocketStats stats() {
        return posthorn.stats().webSocket();
    }

    /** A socket whose handshake is done. */
    RawSocket connect() throws IOException {
        return new RawSocket(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    @Override
    public void close() {
        posthorn.close();
    }

    /** A client that writes bytes as they are and reads frames. */
    static final class RawSocket implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        RawSocket(Socket socket) throws IOException {
            this(socket, String.join("\r\n", HANDSHAKE).getBytes(StandardCharsets.US_ASCII));
            awaitSwitch();
        }

        /** A socket to which this is written at once, a handshake and what follows it. */
        RawSocket(Socket socket, byte[] first) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            socket.setSoTimeout(20_000);
            write(first);
        }

        /** Reads the head of an answer. */
        String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("hung up after: " + head);
                }
                head.append((char) next);
            }
            return head.toString();
        }

        /** Reads the server's answer to the handshake, and gives its head. */
        String awaitSwitch() throws IOException {
            String head = readHead();
            if (!head.contains("Sec-WebSocket-Accept: knnYRiRuQnwyP6A12QAMUeE1Pvc=\r\n")) {
                throw new IOException("not accepted: " + head);
            }
            return head;
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** The payload of the next frame, as text. */
        String readText() throws IOException {
            return new String(readPayload(), StandardCharsets.UTF_8);
        }

        /** The payload of the next frame. */
        byte[] readPayload() throws IOException {
            in.readNBytes(1);
            int length = in.read();
            if (length == 126) {
                length = (in.read() << 8) | in.read();
            } else if (length == 127) {
                in.readNBytes(4);
                length = ByteBuffer.wrap(in.readNBytes(4)).getInt();
            }
            return in.readNBytes(length);
        }

        /** Some bytes as they come. */
        byte[] read(int count) throws IOException {
            return in.readNBytes(count);
        }

        /** Whether the server has hung up, and nothing is left to be read. */
        boolean isAtEnd() throws IOException {
            return in.read() < 0;
        }

        /** Leaves. */
        void hangUp() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            hangUp();
        }
    }
}
