package io.posthorn.websocket;

import io.posthorn.loop.Scratch;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Decoder and assembler over bytes in memory; writes down what comes out, a line each. */
final class RecordedMessages implements MessageSink {
    private static final HexFormat HEX = HexFormat.of();

    private final List<String> lines = new ArrayList<>();
    private final FrameDecoder decoder;
    private boolean closed;

    RecordedMessages(WebSocketLimits limits, @Nullable MessageInflater inflater) {
        MessageAssembler assembler = new MessageAssembler(this, limits, new Scratch(), inflater);
        decoder = new FrameDecoder(assembler, inflater != null, limits.maxFrame());
    }

    /** What becomes of bytes that arrive in one piece. */
    static List<String> of(byte[] bytes) {
        return new RecordedMessages(WebSocketLimits.defaults(), null).read(bytes);
    }

    /** What becomes of bytes that arrive in two pieces. */
    static List<String> ofCut(byte[] bytes, int cut) {
        RecordedMessages messages = new RecordedMessages(WebSocketLimits.defaults(), null);
        messages.read(ByteBuffer.wrap(bytes, 0, cut).slice());
        return messages.read(ByteBuffer.wrap(bytes, cut, bytes.length - cut).slice());
    }

    /** What becomes of bytes that arrive one by one. */
    static List<String> ofSingleBytes(byte[] bytes) {
        RecordedMessages messages = new RecordedMessages(WebSocketLimits.defaults(), null);
        for (byte b : bytes) {
            messages.read(ByteBuffer.wrap(new byte[] {b}));
        }
        return messages.lines;
    }

    List<String> read(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes));
    }

    List<String> read(ByteBuffer bytes) {
        try {
            if (!closed) {
                decoder.decode(bytes);
            }
        } catch (WebSocketException violation) {
            closed = true;
            lines.add("violation " + violation.code());
        }
        return lines;
    }

    @Override
    public boolean wantsUtf8() {
        return false;
    }

    @Override
    public void onUtf8(byte[] text) {
        lines.add("utf8 " + HEX.formatHex(text));
    }

    @Override
    public void onText(String text) {
        lines.add("text " + text);
    }

    @Override
    public void onBinary(byte[] bytes) {
        lines.add("binary " + HEX.formatHex(bytes));
    }

    @Override
    public void onPing(byte[] payload) {
        lines.add("ping " + HEX.formatHex(payload));
    }

    @Override
    public void onPong(byte[] payload) {
        lines.add("pong " + HEX.formatHex(payload));
    }

    @Override
    public void onClose(int code, String reason) {
        closed = true;
        lines.add("close " + code + " " + reason);
    }

    @Override
    public boolean wantsMore() {
        return !closed;
    }
}
