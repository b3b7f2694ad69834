package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;

/**
 * A message encoded once for however many receive it: what a server sends is not masked, so that the frame is the same
 * for all. Immutable, for all threads. It goes out uncompressed, which RFC 7692 leaves to each message.
 */
public final class PreparedMessage {
    private final byte[] frame;

    private PreparedMessage(int opcode, byte[] payload) {
        frame = new byte[FrameHeader.size(payload.length) + payload.length];
        ByteBuf out = Unpooled.wrappedBuffer(frame).clear();
        FrameHeader.write(out, FrameHeader.FIN | opcode, payload.length);
        out.writeBytes(payload);
    }

    /** A text message. */
    public static PreparedMessage text(String text) {
        return new PreparedMessage(FrameHeader.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A binary message; the bytes are copied. */
    public static PreparedMessage binary(byte[] bytes) {
        return new PreparedMessage(FrameHeader.BINARY, bytes);
    }

    /** A text message that is in UTF-8 already; the bytes are copied, not checked. */
    public static PreparedMessage text(byte[] utf8) {
        return new PreparedMessage(FrameHeader.TEXT, utf8);
    }

    /** The size of its frame, in bytes. */
    public int size() {
        return frame.length;
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(frame);
    }
}
