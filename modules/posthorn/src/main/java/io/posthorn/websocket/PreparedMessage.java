package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message encoded once for however many receive it: what a server sends is not masked, so that the frame is the same
 * for all. Or several messages that follow each other at once. Immutable, for all threads. It goes out uncompressed,
 * which RFC 7692 leaves to each message, but for {@link WebSocket#write}.
 */
public final class PreparedMessage {
    private final byte[] frames;

    private PreparedMessage(byte[] frames) {
        this.frames = frames;
    }

    private PreparedMessage(int opcode, byte[] payload) {
        frames = new byte[FrameHeader.size(payload.length) + payload.length];
        ByteBuf out = Unpooled.wrappedBuffer(frames).clear();
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

    /** Messages that follow each other, with nothing in between. */
    public static PreparedMessage of(List<PreparedMessage> parts) {
        byte[] frames = new byte[parts.stream().mapToInt(PreparedMessage::size).sum()];
        int at = 0;
        for (PreparedMessage part : parts) {
            System.arraycopy(part.frames, 0, frames, at, part.frames.length);
            at += part.frames.length;
        }
        return new PreparedMessage(frames);
    }

    /** The size of its frames, in bytes. */
    public int size() {
        return frames.length;
    }

    /** The frames as they go out uncompressed. */
    byte[] frames() {
        return frames;
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(frames);
    }
}
