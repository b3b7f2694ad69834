package io.posthorn.websocket.conformance;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One frame as a client sends it, right or wrong on purpose. Immutable; the payload is not copied.
 *
 * <pre>
 *  byte 0: FIN RSV1 RSV2 RSV3 opcode(4)    byte 1: MASK length(7)    [16 or 64 bit length]    [masking key]
 * </pre>
 */
final class ClientFrame {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** The first reserved bit, which permessage-deflate sets on a compressed message's first frame. */
    static final int RSV1 = 0b100;

    private final boolean fin;
    private final int rsv;
    private final int opcode;
    private final byte[] payload;

    private ClientFrame(boolean fin, int rsv, int opcode, byte[] payload) {
        this.fin = fin;
        this.rsv = rsv;
        this.opcode = opcode;
        this.payload = payload;
    }

    static ClientFrame of(int opcode, byte[] payload) {
        return new ClientFrame(true, 0, opcode, payload);
    }

    static ClientFrame text(String text) {
        return of(TEXT, text.getBytes(UTF_8));
    }

    static ClientFrame text(byte[] payload) {
        return of(TEXT, payload);
    }

    static ClientFrame binary(byte[] payload) {
        return of(BINARY, payload);
    }

    static ClientFrame continuation(String text) {
        return of(CONTINUATION, text.getBytes(UTF_8));
    }

    static ClientFrame continuation(byte[] payload) {
        return of(CONTINUATION, payload);
    }

    static ClientFrame ping(String payload) {
        return of(PING, payload.getBytes(UTF_8));
    }

    static ClientFrame ping(byte[] payload) {
        return of(PING, payload);
    }

    static ClientFrame pong(String payload) {
        return of(PONG, payload.getBytes(UTF_8));
    }

    /** A Close frame whose body is exactly {@code body}. */
    static ClientFrame close(byte[] body) {
        return of(CLOSE, body);
    }

    static ClientFrame close(int code, String reason) {
        return close(closeBody(code, reason.getBytes(UTF_8)));
    }

    /** A Close frame's body: the code in network order, then the reason. */
    static byte[] closeBody(int code, byte[] reason) {
        byte[] body = new byte[2 + reason.length];
        body[0] = (byte) (code >>> 8);
        body[1] = (byte) code;
        System.arraycopy(reason, 0, body, 2, reason.length);
        return body;
    }

    /** The frames of one message of which none carries more than {@code size} bytes; the first one has {@code rsv}. */
    static List<ClientFrame> fragments(int opcode, int rsv, byte[] payload, int size) {
        List<ClientFrame> frames = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(payload.length, from + size);
            ClientFrame frame = of(from == 0 ? opcode : CONTINUATION, Arrays.copyOfRange(payload, from, to));
            frame = to == payload.length ? frame : frame.notFinal();
            frames.add(from == 0 ? frame.rsv(rsv) : frame);
            from = to;
        } while (from < payload.length);
        return frames;
    }

    /** The same frame without its FIN bit: a message's first or middle fragment. */
    ClientFrame notFinal() {
        return new ClientFrame(false, rsv, opcode, payload);
    }

    /** The same frame with other reserved bits, 0 to 7. */
    ClientFrame rsv(int bits) {
        return new ClientFrame(fin, bits, opcode, payload);
    }

    byte[] payload() {
        return payload;
    }

    /** The frame on the wire, masked as a client must (RFC 6455 5.3), its length in the shortest form. */
    byte[] bytes(int maskingKey) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
        out.write(firstByte());
        writeLength(out, 0x80);
        byte[] key = {
            (byte) (maskingKey >>> 24), (byte) (maskingKey >>> 16), (byte) (maskingKey >>> 8), (byte) maskingKey
        };
        out.writeBytes(key);
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (byte) (payload[i] ^ key[i & 3]);
        }
        out.writeBytes(masked);
        return out.toByteArray();
    }

    /** The frame as only a server may send it: not masked. */
    byte[] unmaskedBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
        out.write(firstByte());
        writeLength(out, 0);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private int firstByte() {
        return (fin ? 0x80 : 0) | rsv << 4 | opcode;
    }

    private void writeLength(ByteArrayOutputStream out, int maskBit) {
        int length = payload.length;
        if (length < 126) {
            out.write(maskBit | length);
        } else if (length < 65_536) {
            out.write(maskBit | 126);
            out.write(length >>> 8);
            out.write(length);
        } else {
            out.write(maskBit | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) length >>> shift));
            }
        }
    }
}
