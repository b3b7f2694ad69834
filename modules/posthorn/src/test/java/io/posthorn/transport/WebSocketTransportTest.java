package io.posthorn.transport;

import io.posthorn.Posthorn;
import io.posthorn.websocket.Deflate;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages as they stand on a WebSocket, read by a bare socket. */
@Timeout(60)
class WebSocketTransportTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    /** RSV1: the message is compressed. */
    private static final int COMPRESSED = 0x40;

    private static final byte[] DEFLATE_TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final String LONG = "0123456789".repeat(300);

    private static final String[] HANDSHAKE = {
        "GET /ws HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Extensions: permessage-deflate",
        "",
        ""
    };

    private final Posthorn posthorn = Posthorn.create();
    private final Inflater inflater = new Inflater(true);
    private Socket socket = new Socket();
    private DataInputStream in = new DataInputStream(System.in);

    private static final class Silent implements Transport.Listener {
        @Override
        public void onWritable() {}

        @Override
        public void onClosed(CloseReason reason) {}
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        posthorn.close();
        inflater.end();
    }

    @Test
    void attachmentsFollowTheirMessageAtOnceEachInAFrame() throws Exception {
        Message message = Message.of(
                null,
                Payload.text("52-[\"a\"]"),
                List.of(Payload.binary(new byte[] {1, 2}), Payload.binary(new byte[0])));
        assertThat(message.size()).isEqualTo("52-[\"a\"]".length() + 2);

        connect(WebSocketOptions.defaults(), transport -> {
            transport.write(message);
            transport.write(Message.of(null, Payload.text("2")));
            transport.flush();
        });

        assertThat(next(TEXT)).asString().isEqualTo("52-[\"a\"]");
        assertThat(next(BINARY)).containsExactly(1, 2);
        assertThat(next(BINARY)).isEmpty();
        assertThat(next(TEXT)).asString().isEqualTo("2");
    }

    @Test
    void aMessageForOneIsTheSameOnTheWire() throws Exception {
        List<Payload> attachments = List.of(Payload.binary(new byte[] {1}), Payload.binary(new byte[2000]));
        connect(WebSocketOptions.defaults().withDeflate(Deflate.defaults()), transport -> {
            for (Payload payload : List.of(Payload.text("short"), Payload.text(LONG), attachments.get(1))) {
                transport.write(Message.forOne(payload, List.of()));
                transport.write(Message.forOne(payload, List.of()).forMany());
            }
            transport.write(Message.forOne(Payload.text("52-"), attachments));
            transport.flush();
        });

        for (int i = 0; i < 2; i++) {
            assertThat(next(TEXT)).asString().isEqualTo("short");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(inflate(next(TEXT | COMPRESSED))).asString().isEqualTo(LONG);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(inflate(next(BINARY | COMPRESSED))).hasSize(2000);
        }
        assertThat(next(TEXT)).asString().isEqualTo("52-");
        assertThat(next(BINARY)).containsExactly(1);
        assertThat(inflate(next(BINARY | COMPRESSED))).hasSize(2000);
    }

    @Test
    void whereCompressionWasAgreedOnEachPartThatReachesTheThresholdIsCompressed() throws Exception {
        Message message = Message.of(
                null, Payload.text(LONG), List.of(Payload.binary(new byte[] {1}), Payload.binary(new byte[2000])));

        connect(WebSocketOptions.defaults().withDeflate(Deflate.defaults()), transport -> {
            transport.write(Message.of(null, Payload.text("short")));
            transport.write(message);
            transport.write(message);
            transport.flush();
        });

        assertThat(next(TEXT)).asString().isEqualTo("short");
        for (int i = 0; i < 2; i++) {
            assertThat(inflate(next(TEXT | COMPRESSED))).asString().isEqualTo(LONG);
            assertThat(next(BINARY)).containsExactly(1);
            assertThat(inflate(next(BINARY | COMPRESSED))).containsOnly(0).hasSize(2000);
        }
    }

    @Test
    void aTransportWhoseUseHasEndedClosesWithoutAStatus() throws Exception {
        connect(WebSocketOptions.defaults(), transport -> transport.close(CloseReason.ENDED));

        assertThat(next(CLOSE)).isEmpty();
    }

    private void connect(WebSocketOptions options, Consumer<Transport> onConnection) throws IOException {
        posthorn.webSocket(
                "/ws",
                options,
                (WebSocket webSocket) ->
                        onConnection.accept(new WebSocketTransport(webSocket, Content.PLAIN, new Silent())));
        int port = posthorn.listen("127.0.0.1", 0);
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(String.join("\r\n", HANDSHAKE).getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    private byte[] next(int expectedHead) throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo(expectedHead);
        int length = in.readUnsignedByte();
        byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(payload);
        return payload;
    }

    private byte[] inflate(byte[] compressed) throws DataFormatException {
        byte[] whole = Arrays.copyOf(compressed, compressed.length + DEFLATE_TAIL.length);
        System.arraycopy(DEFLATE_TAIL, 0, whole, compressed.length, DEFLATE_TAIL.length);
        inflater.setInput(whole);
        byte[] message = new byte[10_000];
        return Arrays.copyOf(message, inflater.inflate(message));
    }
}
