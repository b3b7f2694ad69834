package io.posthorn.websocket;

import io.posthorn.loop.Scratch;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

import static io.posthorn.websocket.CloseCode.POLICY_VIOLATION;
import static io.posthorn.websocket.CloseCode.PROTOCOL_ERROR;

/**
 * Puts messages together from frames: fragments in their order with control frames in between (RFC 6455 5.4), text
 * checked as it arrives, compressed messages inflated as they arrive.
 *
 * <p>A message that comes whole in one frame and one read, as nearly all do, is unmasked into the loop's scratch bytes
 * (text) or straight into its own array (binary), and nothing else is allocated. Anything else is gathered in a {@link
 * MessageBuffer}, which exists only while such a message is under way. Lives on its connection's loop.
 */
final class MessageAssembler implements FrameSink {
    private static final int NONE = -1;

    private final MessageSink sink;
    private final WebSocketLimits limits;
    private final Scratch scratch;
    private final @Nullable MessageInflater inflater;

    /** The opcode of the message that is under way, or {@link #NONE}. */
    private int opcode = NONE;

    private boolean compressed;
    private int fragments;
    private @Nullable MessageBuffer message;

    /** The head of the frame that has begun and not ended. */
    private int head;

    private byte @Nullable [] control;
    private int controlSize;

    /**
     * An assembler at the beginning of a connection.
     *
     * @param scratch the loop's
     * @param inflater where permessage-deflate was agreed on
     */
    MessageAssembler(MessageSink sink, WebSocketLimits limits, Scratch scratch, @Nullable MessageInflater inflater) {
        this.sink = sink;
        this.limits = limits;
        this.scratch = scratch;
        this.inflater = inflater;
    }

    @Override
    public boolean wantsMore() {
        return sink.wantsMore();
    }

    @Override
    public void whole(int frameHead, MaskedPayload payload) {
        int length = payload.length();
        boolean lonely = opcode == NONE && (frameHead & ~FrameHeader.OPCODE) == FrameHeader.FIN;
        int frameOpcode = FrameHeader.opcode(frameHead);
        if (lonely
                && frameOpcode == FrameHeader.TEXT
                && length <= Math.min(scratch.bytes().length, limits.maxMessage())) {
            if (sink.wantsUtf8()) {
                wholeUtf8(payload, length);
            } else {
                wholeText(payload, length);
            }
        } else if (lonely && frameOpcode == FrameHeader.BINARY && length <= limits.maxMessage()) {
            byte[] bytes = new byte[length];
            payload.copyTo(bytes, 0);
            sink.onBinary(bytes);
        } else {
            begin(frameHead, length, payload.key());
            if (length > 0) {
                part(payload);
            }
            end();
        }
    }

    private void wholeText(MaskedPayload payload, int length) {
        byte[] bytes = scratch.bytes();
        boolean ascii = payload.copyTo(bytes, 0);
        sink.onText(ascii ? new String(bytes, 0, length, StandardCharsets.ISO_8859_1) : decoded(length));
    }

    private void wholeUtf8(MaskedPayload payload, int length) {
        byte[] bytes = new byte[length];
        boolean ascii = payload.copyTo(bytes, 0);
        if (!ascii && !Utf8Validator.isUtf8(bytes)) {
            throw MessageBuffer.notUtf8();
        }
        sink.onUtf8(bytes);
    }

    private String decoded(int length) {
        char[] characters = scratch.characters();
        int count = Utf8Decoder.decode(scratch.bytes(), length, characters);
        if (count == Utf8Decoder.MALFORMED) {
            throw MessageBuffer.notUtf8();
        }
        return new String(characters, 0, count);
    }

    @Override
    public void begin(int frameHead, long length, int key) {
        head = frameHead;
        if (FrameHeader.isControl(frameHead)) {
            control = new byte[(int) length];
            controlSize = 0;
            return;
        }
        if (FrameHeader.opcode(frameHead) == FrameHeader.CONTINUATION) {
            continueMessage();
        } else {
            beginMessage();
        }
        // Whatever the frame announces, memory is taken as its bytes come.
        message().announce(compressed ? 0 : length, FrameHeader.isFinal(frameHead));
    }

    private void beginMessage() {
        // RFC 6455 5.4: the fragments of one message may not be interleaved with those of another.
        if (opcode != NONE) {
            throw new WebSocketException(PROTOCOL_ERROR, "a new message began inside another");
        }
        opcode = FrameHeader.opcode(head);
        compressed = FrameHeader.isCompressed(head);
        fragments = 1;
        message = new MessageBuffer(limits.maxMessage(), opcode == FrameHeader.TEXT);
    }

    private void continueMessage() {
        if (opcode == NONE) {
            throw new WebSocketException(PROTOCOL_ERROR, "a continuation of no message");
        }
        if (++fragments > limits.maxFragments()) {
            throw new WebSocketException(
                    POLICY_VIOLATION, "the message has more than " + limits.maxFragments() + " fragments");
        }
        message().charge(limits.fragmentOverhead());
    }

    @Override
    public void part(MaskedPayload payload) {
        if (control != null) {
            payload.copyTo(control, controlSize);
            controlSize += payload.length();
        } else if (compressed) {
            inflate(payload);
        } else {
            message().append(payload);
        }
    }

    private void inflate(MaskedPayload payload) {
        byte[] bytes = scratch.bytes();
        for (int from = 0; from < payload.length(); from += bytes.length) {
            int size = Math.min(bytes.length, payload.length() - from);
            payload.copyTo(bytes, from, size);
            inflater().inflate(bytes, size, message());
        }
    }

    @Override
    public void end() {
        if (control != null) {
            byte[] payload = control;
            control = null;
            endControl(FrameHeader.opcode(head), payload);
        } else if (FrameHeader.isFinal(head)) {
            endMessage();
        }
    }

    private void endMessage() {
        MessageBuffer finished = message();
        if (compressed) {
            inflater().finish(finished);
        }
        boolean text = opcode == FrameHeader.TEXT;
        opcode = NONE;
        message = null;
        if (text && sink.wantsUtf8()) {
            sink.onUtf8(finished.takeUtf8());
        } else if (text) {
            sink.onText(finished.takeText());
        } else {
            sink.onBinary(finished.takeBytes());
        }
    }

    private void endControl(int controlOpcode, byte[] payload) {
        switch (controlOpcode) {
            case FrameHeader.PING -> sink.onPing(payload);
            case FrameHeader.PONG -> sink.onPong(payload);
            default -> endClose(payload);
        }
    }

    private void endClose(byte[] payload) {
        if (payload.length == 0) {
            sink.onClose(CloseCode.NO_STATUS, "");
            return;
        }
        // RFC 6455 5.5.1: a body begins with a code of two bytes; the rest is UTF-8.
        int code = payload.length == 1 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        if (!CloseCode.isAllowedInFrame(code)) {
            throw new WebSocketException(PROTOCOL_ERROR, "not a close code that may be sent");
        }
        Utf8Validator utf8 = new Utf8Validator();
        if (!utf8.accept(payload, 2, payload.length) || !utf8.isComplete()) {
            throw MessageBuffer.notUtf8();
        }
        sink.onClose(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    private MessageBuffer message() {
        MessageBuffer underWay = message;
        if (underWay == null) {
            throw new IllegalStateException("no message is under way");
        }
        return underWay;
    }

    private MessageInflater inflater() {
        MessageInflater agreed = inflater;
        if (agreed == null) {
            // The decoder lets RSV1 pass only where the extension was agreed on.
            throw new IllegalStateException("no compression was agreed on");
        }
        return agreed;
    }
}
