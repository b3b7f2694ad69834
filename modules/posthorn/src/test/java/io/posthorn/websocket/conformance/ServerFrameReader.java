package io.posthorn.websocket.conformance;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads what a server sends, frame by frame, and accepts nothing that RFC 6455 section 5 does not allow a server. */
final class ServerFrameReader {
    private static final int MAX_PAYLOAD = 64 * 1024 * 1024;

    private final DataInputStream in;
    private final boolean deflate;
    private boolean closeSeen;

    ServerFrameReader(InputStream in, boolean deflate) {
        this.in = new DataInputStream(in);
        this.deflate = deflate;
    }

    /** The next frame, or null where the stream ends between two frames. */
    @Nullable
    ServerFrame read() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        check(!closeSeen, "no frame may follow a Close frame (RFC 6455 5.5.1)");
        try {
            return readRest(first);
        } catch (EOFException e) {
            throw new AssertionError("the stream ended inside a frame", e);
        }
    }

    private ServerFrame readRest(int first) throws IOException {
        boolean fin = (first & 0x80) != 0;
        boolean rsv1 = (first & 0x40) != 0;
        int opcode = first & 0x0F;
        check((first & 0x30) == 0, "RSV2 and RSV3 must be 0 (RFC 6455 5.2)");
        check(opcode <= 2 || (opcode >= 8 && opcode <= 10), "the opcode " + opcode + " is reserved (RFC 6455 5.2)");
        boolean mayBeCompressed = opcode == ClientFrame.TEXT || opcode == ClientFrame.BINARY;
        check(
                !rsv1 || (deflate && mayBeCompressed),
                "RSV1 stands on a compressed message's first frame only (RFC 7692 6)");

        int second = in.readUnsignedByte();
        check((second & 0x80) == 0, "a server must not mask (RFC 6455 5.1)");
        long length = length(second & 0x7F);
        boolean control = opcode >= 8;
        check(!control || (fin && length <= 125), "a control frame is final and has at most 125 bytes (RFC 6455 5.5)");
        check(length <= MAX_PAYLOAD, "a payload of " + length + " bytes is more than any case sends");

        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        closeSeen = opcode == ClientFrame.CLOSE;
        return new ServerFrame(fin, rsv1, opcode, payload);
    }

    private long length(int form) throws IOException {
        if (form < 126) {
            return form;
        }
        long length = form == 126 ? in.readUnsignedShort() : in.readLong();
        long shortest = form == 126 ? 126 : 65_536;
        check(length >= shortest, "a length must have the shortest form (RFC 6455 5.2)");
        return length;
    }

    static void check(boolean condition, String rule) {
        if (!condition) {
            throw new AssertionError("the server broke a rule: " + rule);
        }
    }
}
