package io.posthorn.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Shows each frame that arrives to a tap before the real sink gets it; the header is written anew, which gives the same
 * bytes, since only its shortest form is accepted. */
final class TappedSink implements FrameSink {
    private final FrameSink sink;
    private final FrameTap tap;
    private byte[] shown = new byte[0];
    private int size;

    TappedSink(FrameSink sink, FrameTap tap) {
        this.sink = sink;
        this.tap = tap;
    }

    @Override
    public void whole(int head, MaskedPayload payload) {
        start(head, payload.length(), payload.key());
        add(payload);
        show();
        sink.whole(head, payload);
    }

    @Override
    public void begin(int head, long length, int key) {
        start(head, length, key);
        sink.begin(head, length, key);
    }

    @Override
    public void part(MaskedPayload payload) {
        boolean complete = size == shown.length;
        add(payload);
        if (!complete && size == shown.length) {
            show();
        }
        sink.part(payload);
    }

    @Override
    public void end() {
        sink.end();
    }

    @Override
    public boolean wantsMore() {
        return sink.wantsMore();
    }

    private void start(int head, long length, int key) {
        ByteBuffer header = ByteBuffer.allocate(FrameHeader.MAX_SIZE).put((byte) head);
        if (length < FrameHeader.LENGTH_16_BIT) {
            header.put((byte) (FrameHeader.MASK | length));
        } else if (length <= FrameHeader.MAX_16_BIT) {
            header.put((byte) (FrameHeader.MASK | FrameHeader.LENGTH_16_BIT)).putShort((short) length);
        } else {
            header.put((byte) (FrameHeader.MASK | FrameHeader.LENGTH_64_BIT)).putLong(length);
        }
        size = header.putInt(key).position();
        shown = Arrays.copyOf(header.array(), size + (int) Math.min(FrameTap.MAX_PAYLOAD, length));
    }

    private void add(MaskedPayload payload) {
        int count = Math.min(payload.length(), shown.length - size);
        payload.copyMaskedTo(shown, size, count);
        size += count;
    }

    private void show() {
        tap.onFrame(FrameTap.Direction.RECEIVED, shown);
    }
}
