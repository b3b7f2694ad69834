package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;

/** Shows the frames that have just been appended to a buffer to a tap. */
final class SentFrames {
    private SentFrames() {}

    /** Shows each frame from an index to the end; the buffer is borrowed. */
    static void show(ByteBuf out, int begin, FrameTap tap) {
        int at = begin;
        while (at < out.writerIndex()) {
            int shortLength = out.getByte(at + 1) & FrameHeader.LENGTH;
            long length = switch (FrameHeader.extendedLengthSize(shortLength)) {
                case 0 -> shortLength;
                case 2 -> out.getUnsignedShort(at + 2);
                default -> out.getLong(at + 2);
            };
            int headerSize = FrameHeader.size(length);
            byte[] shown = new byte[headerSize + (int) Math.min(FrameTap.MAX_PAYLOAD, length)];
            out.getBytes(at, shown);
            tap.onFrame(FrameTap.Direction.SENT, shown);
            at += headerSize + (int) length;
        }
    }
}
