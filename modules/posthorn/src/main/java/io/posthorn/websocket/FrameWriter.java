package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** Appends what a server sends as frames, unmasked (RFC 6455 5.1), compressed where that was agreed on and pays. */
final class FrameWriter {
    /** For connections that compress nothing. */
    static final FrameWriter PLAIN = new FrameWriter(null, 0);

    private static final int CLOSE_CODE_SIZE = 2;

    private final @Nullable MessageDeflater deflater;
    private final int threshold;

    /** A writer for one connection; without a deflater nothing is compressed, else what reaches the threshold is. */
    FrameWriter(@Nullable MessageDeflater deflater, int threshold) {
        this.deflater = deflater;
        this.threshold = threshold;
    }

    /** A message in one frame. */
    void message(int opcode, byte[] payload, ByteBuf out) {
        if (deflater != null && payload.length >= threshold) {
            compressed(deflater, opcode, payload, out);
        } else {
            frame(FrameHeader.FIN | opcode, payload, out);
        }
    }

    /** Messages as they were prepared, or each compressed where that pays. */
    void prepared(PreparedMessage messages, ByteBuf out) {
        // The threshold is for payloads, but what has no room for one can be told at once.
        if (deflater == null || messages.size() < threshold) {
            messages.writeTo(out);
            return;
        }
        ByteBuf frames = Unpooled.wrappedBuffer(messages.frames());
        while (frames.isReadable()) {
            int head = frames.getByte(frames.readerIndex());
            int length = (int) FrameHeader.length(frames, frames.readerIndex());
            byte[] payload = new byte[length];
            frames.skipBytes(FrameHeader.size(length)).readBytes(payload);
            message(FrameHeader.opcode(head), payload, out);
        }
    }

    /** A text in as many frames as it has parts. */
    void fragments(byte[][] parts, ByteBuf out) {
        for (int i = 0; i < parts.length; i++) {
            int opcode = i == 0 ? FrameHeader.TEXT : FrameHeader.CONTINUATION;
            int fin = i == parts.length - 1 ? FrameHeader.FIN : 0;
            frame(fin | opcode, parts[i], out);
        }
    }

    /** A ping or pong. */
    void control(int opcode, byte[] payload, ByteBuf out) {
        frame(FrameHeader.FIN | opcode, payload, out);
    }

    /** A close frame; without a body where there is no code to be said. */
    void close(int code, String reason, ByteBuf out) {
        byte[] text = code == CloseCode.NO_STATUS ? new byte[0] : reason.getBytes(StandardCharsets.UTF_8);
        int length = code == CloseCode.NO_STATUS ? 0 : CLOSE_CODE_SIZE + text.length;
        out.ensureWritable(FrameHeader.MAX_SIZE + length);
        FrameHeader.write(out, FrameHeader.FIN | FrameHeader.CLOSE, length);
        if (length > 0) {
            out.writeShort(code).writeBytes(text);
        }
    }

    /** One frame as it is. */
    static void frame(int head, byte[] payload, ByteBuf out) {
        out.ensureWritable(FrameHeader.MAX_SIZE + payload.length);
        FrameHeader.write(out, head, payload.length);
        out.writeBytes(payload);
    }

    /** Frees what compression holds. */
    void close() {
        if (deflater != null) {
            deflater.close();
        }
    }

    /** The length is known only afterwards, so that the header's place is kept free, and closed up if it was too wide. */
    private static void compressed(MessageDeflater deflater, int opcode, byte[] payload, ByteBuf out) {
        int begin = out.writerIndex();
        int kept = FrameHeader.size(payload.length);
        out.writeZero(kept);
        deflater.deflate(payload, out);
        int length = out.writerIndex() - begin - kept;
        int needed = FrameHeader.size(length);
        if (needed != kept) {
            byte[] moved = new byte[length];
            out.getBytes(begin + kept, moved);
            out.ensureWritable(FrameHeader.MAX_SIZE).setBytes(begin + needed, moved);
        }
        out.writerIndex(begin);
        FrameHeader.write(out, FrameHeader.FIN | FrameHeader.RSV1 | opcode, length);
        out.writerIndex(begin + needed + length);
    }
}
