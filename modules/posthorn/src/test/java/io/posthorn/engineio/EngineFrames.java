package io.posthorn.engineio;

import io.posthorn.http.RawClient;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A client's side of a WebSocket, frame by frame. */
final class EngineFrames implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final String END = "end";

    private final RawClient client;
    private final String head;

    private EngineFrames(RawClient client, String head) {
        this.client = client;
        this.head = head;
    }

    /** Connects; what is sent behind the handshake at once, before its answer, are these texts. */
    static EngineFrames connect(int port, String query, String... texts) {
        RawClient client = new RawClient(port);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(handshake(query).getBytes(StandardCharsets.ISO_8859_1));
        for (String text : texts) {
            bytes.writeBytes(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
        }
        client.send(bytes.toByteArray());
        String head = client.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("not upgraded: " + head);
        }
        return new EngineFrames(client, head);
    }

    static String handshake(String query, String... headers) {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 1, headers.length);
        all[0] = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==";
        return EngineClient.request("GET", query, "", all);
    }

    String head() {
        return head;
    }

    EngineFrames send(String text) {
        client.send(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    EngineFrames send(byte[] bytes) {
        client.send(frame(BINARY, bytes));
        return this;
    }

    /** The next frame: a text as it is, binary as {@code <01 02>}, a Close as {@code close 1000 reason}, or {@code end}. */
    String next() {
        int first = read();
        if (first < 0) {
            return END;
        }
        byte[] payload = bytes(length(read()));
        return switch (first & 0x0f) {
            case TEXT -> new String(payload, StandardCharsets.UTF_8);
            case BINARY -> hex(payload);
            case CLOSE -> close(payload);
            default -> throw new AssertionError("a frame begins with " + first);
        };
    }

    EngineFrames expect(String expected) {
        String next = next();
        if (!next.equals(expected)) {
            throw new AssertionError("expected " + expected + ", not " + next);
        }
        return this;
    }

    /** Answers a Close of the server's, and reads to the end. */
    void expectClose(String expected) {
        expect(expected);
        client.send(frame(CLOSE, new byte[0]));
        expect(END);
    }

    /** Closes with a Close frame, and reads until the server hangs up. */
    void leave() {
        client.send(frame(CLOSE, new byte[] {0x03, (byte) 0xE8}));
        client.rest();
    }

    @Override
    public void close() {
        client.close();
    }

    static byte[] frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] key = new byte[4];
        ThreadLocalRandom.current().nextBytes(key);
        frame.put(key);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ key[i % 4]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    private static String close(byte[] payload) {
        if (payload.length == 0) {
            return "close";
        }
        String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        return ("close " + ByteBuffer.wrap(payload).getShort() + " " + reason).strip();
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder("<");
        for (byte each : bytes) {
            hex.append(hex.length() == 1 ? "" : " ").append(String.format("%02x", each));
        }
        return hex.append('>').toString();
    }

    private int length(int form) {
        if (form == 126) {
            return ByteBuffer.wrap(bytes(2)).getShort() & 0xffff;
        }
        return form == 127 ? (int) ByteBuffer.wrap(bytes(8)).getLong() : form;
    }

    private int read() {
        try {
            return client.bytes(1).charAt(0);
        } catch (AssertionError ended) {
            return -1;
        }
    }

    private byte[] bytes(int length) {
        return client.bytes(length).getBytes(StandardCharsets.ISO_8859_1);
    }
}
