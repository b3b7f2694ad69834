package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a client sends them, masked, in direct memory, where a socket's bytes arrive. */
public final class ClientFrames {
    static final int KEY = 0x37FA213D;

    private ClientFrames() {}

    /** A buffer that holds one final frame with a text. */
    public static ByteBuf text(String text) {
        return of(FrameHeader.TEXT, text.getBytes(StandardCharsets.UTF_8), 1);
    }

    /** A buffer that holds the same final frame several times. */
    static ByteBuf of(Payload payload, int size, int count) {
        return of(payload.opcode(), payload.bytes(size), count);
    }

    /** Masks the bytes that it is given. */
    private static ByteBuf of(int opcode, byte[] masked, int count) {
        int size = masked.length;
        for (int i = 0; i < size; i++) {
            masked[i] ^= (byte) (KEY >>> (24 - 8 * (i & 3)));
        }
        ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer(count * (FrameHeader.MAX_SIZE + size));
        for (int i = 0; i < count; i++) {
            frames.writeBytes(header(FrameHeader.FIN | opcode, size)).writeBytes(masked);
        }
        return frames;
    }

    private static ByteBuffer header(int head, int length) {
        ByteBuffer header = ByteBuffer.allocate(FrameHeader.MAX_SIZE).put((byte) head);
        if (length < FrameHeader.LENGTH_16_BIT) {
            header.put((byte) (FrameHeader.MASK | length));
        } else if (length <= FrameHeader.MAX_16_BIT) {
            header.put((byte) (FrameHeader.MASK | FrameHeader.LENGTH_16_BIT)).putShort((short) length);
        } else {
            header.put((byte) (FrameHeader.MASK | FrameHeader.LENGTH_64_BIT)).putLong(length);
        }
        return header.putInt(KEY).flip();
    }
}
