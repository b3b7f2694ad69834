package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;

/** Shows the frames that have just been appended to a buffer to a tap. */
final class SentFrames {
    private SentFrames() {}

    /** Shows each frame from an index to the end; the buffer is borrowed. */
    static void show(ByteBuf out, int begin, FrameTap tap) {
        int at = begin;
        while (at < out.writerIndex()) {
            long length = FrameHeader.length(out, at);
            int headerSize = FrameHeader.size(length);
            byte[] shown = new byte[headerSize + (int) Math.min(FrameTap.MAX_PAYLOAD, length)];
            out.getBytes(at, shown);
            tap.onFrame(FrameTap.Direction.SENT, shown);
            at += headerSize + (int) length;
        }
    }
}
