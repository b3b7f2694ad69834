package io.posthorn.websocket;

import io.posthorn.loop.Scratch;
import org.jspecify.annotations.Nullable;

/** Keeps the last message, so that the JVM has to make it. */
final class LastMessage implements MessageSink {
    private @Nullable Object last;

    /** A decoder whose messages come here. */
    FrameDecoder decoder(int maxPayload) {
        WebSocketLimits limits = WebSocketLimits.defaults().withMaxMessage(maxPayload);
        return new FrameDecoder(new MessageAssembler(this, limits, new Scratch(), null), false, maxPayload);
    }

    @Nullable
    Object last() {
        return last;
    }

    @Override
    public boolean wantsUtf8() {
        return false;
    }

    @Override
    public void onUtf8(byte[] text) {
        last = text;
    }

    @Override
    public void onText(String text) {
        last = text;
    }

    @Override
    public void onBinary(byte[] bytes) {
        last = bytes;
    }

    @Override
    public void onPing(byte[] payload) {
        last = payload;
    }

    @Override
    public void onPong(byte[] payload) {
        last = payload;
    }

    @Override
    public void onClose(int code, String reason) {
        last = reason;
    }

    @Override
    public boolean wantsMore() {
        return true;
    }
}
