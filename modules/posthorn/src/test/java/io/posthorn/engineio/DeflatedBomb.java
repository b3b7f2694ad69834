package io.posthorn.engineio;

import io.posthorn.http.RawClient;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** A WebSocket with permessage-deflate, by which a small frame comes that is large inside. */
final class DeflatedBomb implements AutoCloseable {
    private static final int COMPRESSED_TEXT = 0x41;
    private static final int FINAL_CLOSE = 0x88;

    private final RawClient client;

    DeflatedBomb(int port) {
        client = new RawClient(port)
                .send(EngineFrames.handshake(
                        "EIO=4&transport=websocket", "Sec-WebSocket-Extensions: permessage-deflate"));
        if (!client.head().contains("permessage-deflate")) {
            throw new AssertionError("no compression was agreed on");
        }
    }

    /** Sends a text of so many characters, and returns the close frame that comes. */
    String explode(int size) {
        byte[] text = new byte[size];
        Arrays.fill(text, (byte) '4');
        client.send(EngineFrames.frame(COMPRESSED_TEXT, deflated(text)));
        int first = client.bytes(1).charAt(0);
        while (first != FINAL_CLOSE) {
            client.bytes(client.bytes(1).charAt(0)); // the handshake, which is short
            first = client.bytes(1).charAt(0);
        }
        byte[] payload = client.bytes(client.bytes(1).charAt(0)).getBytes(StandardCharsets.ISO_8859_1);
        return "close " + ByteBuffer.wrap(payload).getShort();
    }

    @Override
    public void close() {
        client.close();
    }

    /** RFC 7692 7.2.1: without the four bytes at the end. */
    private static byte[] deflated(byte[] text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(text);
            byte[] bytes = new byte[text.length];
            int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(bytes, length - 4);
        } finally {
            deflater.end();
        }
    }
}
