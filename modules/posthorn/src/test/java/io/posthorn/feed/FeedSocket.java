package io.posthorn.feed;

import io.posthorn.http.RawClient;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket, read frame by frame. */
final class FeedSocket implements AutoCloseable {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int FINAL_CLOSE = 0x88;

    private final RawClient client;
    private final String head;

    private FeedSocket(RawClient client, String head) {
        this.client = client;
        this.head = head;
    }

    static FeedSocket connect(RawClient client, String target, String... headers) {
        String request = FeedServer.request("GET", target, headers);
        client.send(request.substring(0, request.length() - 2)
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==\r\n\r\n");
        String head = client.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("not upgraded: " + head);
        }
        return new FeedSocket(client, head);
    }

    /** The head of the answer to the handshake. */
    String head() {
        return head;
    }

    /** The next frame, which is text. */
    String text() {
        return new String(payload(FINAL_TEXT), StandardCharsets.UTF_8);
    }

    /** The next frame, which is binary. */
    byte[] binary() {
        return payload(FINAL_BINARY);
    }

    /** The next frame, which is a Close: its code. */
    int closeCode() {
        return ByteBuffer.wrap(payload(FINAL_CLOSE)).getShort();
    }

    /** Reads messages up to a Close: its code. */
    int closeCodeAtLast() {
        byte[] start = bytes(2);
        while ((start[0] & 0xff) != FINAL_CLOSE) {
            bytes(length(start[1]));
            start = bytes(2);
        }
        return ByteBuffer.wrap(bytes(start[1])).getShort();
    }

    /** Sends a Close frame with code 1000, masked with zeros, and reads until the server hangs up. */
    String leave() {
        // FIN and Close; masked, 2 bytes; the key; 1000
        client.send(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xE8});
        return client.rest();
    }

    @Override
    public void close() {
        client.close();
    }

    private byte[] payload(int firstByte) {
        byte[] start = bytes(2);
        if ((start[0] & 0xff) != firstByte) {
            throw new AssertionError("a frame begins with " + Integer.toHexString(start[0] & 0xff) + ", not with "
                    + Integer.toHexString(firstByte));
        }
        return bytes(length(start[1]));
    }

    private int length(int form) {
        if (form == 126) {
            return ByteBuffer.wrap(bytes(2)).getShort() & 0xffff;
        }
        return form == 127 ? (int) ByteBuffer.wrap(bytes(8)).getLong() : form;
    }

    private byte[] bytes(int length) {
        return client.bytes(length).getBytes(StandardCharsets.ISO_8859_1);
    }
}
