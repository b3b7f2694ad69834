package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.Scratch;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * The protocol of one connection, both ways: bytes in, messages out, and messages in, bytes out. It knows no channel; it
 * appends what it sends to the buffer that it is given and leaves the flushing to its owner. Every violation of the
 * other side's ends in {@link #fail}. All methods are the loop's.
 */
@OnLoop
final class WebSocketEngine implements MessageSink {
    private final Events events;
    private final Supplier<ByteBuf> out;
    private final FrameDecoder decoder;
    private final FrameWriter writer;
    private final @Nullable MessageInflater inflater;
    private final ClosingHandshake closing = new ClosingHandshake();
    private @Nullable FrameTap tap;
    private final boolean tellsReasons;
    private int messagesReceived;
    private int messagesSent;

    /** What happens on a connection; called on the loop while bytes are received. */
    interface Events {
        /** Whether texts are wanted as UTF-8. */
        boolean wantsUtf8();

        void onText(String text);

        /** Text that has been checked; the array is the receiver's. */
        void onUtf8(byte[] text);

        void onBinary(byte[] bytes);

        void onPing(byte[] payload);

        void onPong(byte[] payload);

        /** The other side broke a rule and is being told so. */
        void onViolation(int code, String reason);
    }

    /**
     * An engine at the beginning of a connection.
     *
     * @param deflate what was agreed on, null where nothing is compressed
     * @param scratch the loop's
     * @param out gives the buffer to which frames are appended
     */
    WebSocketEngine(
            WebSocketOptions options,
            @Nullable DeflateParameters deflate,
            Scratch scratch,
            Events events,
            Supplier<ByteBuf> out) {
        this.events = events;
        this.out = out;
        this.tellsReasons = options.tellsCloseReasons();
        WebSocketLimits limits = options.limits();
        Deflate wishes = options.deflate().orElse(Deflate.defaults());
        inflater = deflate == null ? null : new MessageInflater(!deflate.clientNoContextTakeover());
        writer = deflate == null
                ? FrameWriter.PLAIN
                : new FrameWriter(new MessageDeflater(deflate, wishes.level()), wishes.threshold());
        decoder = new FrameDecoder(
                new MessageAssembler(this, limits, scratch, inflater), deflate != null, limits.maxFrame());
    }

    /** Shows every frame from now on. */
    void tap(FrameTap frameTap) {
        tap = frameTap;
        decoder.tap(frameTap);
    }

    /** Takes what one read brought; a violation is answered here. The buffer is borrowed. */
    void receive(ByteBuffer in) {
        try {
            decoder.decode(in);
        } catch (WebSocketException violation) {
            events.onViolation(violation.code(), violation.reason());
            fail(violation.code(), violation.reason());
        }
    }

    /** How many messages have come since this was last asked. */
    int takeMessagesReceived() {
        int count = messagesReceived;
        messagesReceived = 0;
        return count;
    }

    /** How many messages were sent since this was last asked; those of whole groups are not counted. */
    int takeMessagesSent() {
        int count = messagesSent;
        messagesSent = 0;
        return count;
    }

    /** Whether messages may be sent. */
    boolean maySend() {
        return closing.maySend();
    }

    /** Whether both sides have said that they close, or one has failed. */
    boolean isClosed() {
        return closing.isClosed();
    }

    /** How it ended; meaningful once it has. */
    int closeCode() {
        return closing.code();
    }

    String closeReason() {
        return closing.reason();
    }

    /** Sends a message, text as UTF-8. */
    void send(int opcode, byte[] payload) {
        ByteBuf target = out.get();
        int begin = target.writerIndex();
        writer.message(opcode, payload, target);
        messagesSent++;
        show(target, begin);
    }

    void sendFragments(byte[][] parts) {
        ByteBuf target = out.get();
        int begin = target.writerIndex();
        writer.fragments(parts, target);
        messagesSent++;
        show(target, begin);
    }

    void sendPrepared(PreparedMessage message) {
        ByteBuf target = out.get();
        int begin = target.writerIndex();
        message.writeTo(target);
        messagesSent++;
        show(target, begin);
    }

    /** As {@link #sendPrepared}, each message compressed where that was agreed on and pays. */
    void compressPrepared(PreparedMessage messages) {
        ByteBuf target = out.get();
        int begin = target.writerIndex();
        writer.prepared(messages, target);
        messagesSent++;
        show(target, begin);
    }

    /** Shows frames that are sent without passing through here. */
    void showShared(ByteBuf frames) {
        show(frames, frames.readerIndex());
    }

    void ping(byte[] payload) {
        control(FrameHeader.PING, payload);
    }

    /** Says that we close, unless that was said before. */
    void close(int code, String reason) {
        if (closing.maySend()) {
            writeClose(code, reason);
            closing.sent();
        }
    }

    /** Fails the connection (RFC 6455 7.1.7): a close frame, and nothing is waited for. */
    void fail(int code, String reason) {
        if (!closing.isClosed()) {
            if (closing.maySend()) {
                writeClose(code, reason);
            }
            closing.failed(code, reason);
        }
    }

    /** The connection is gone without a closing handshake, if it was not closed. */
    void lost() {
        if (!closing.isClosed()) {
            closing.failed(CloseCode.ABNORMAL, "");
        }
    }

    /** Frees what compression holds. */
    void release() {
        writer.close();
        if (inflater != null) {
            inflater.close();
        }
    }

    @Override
    public boolean wantsMore() {
        return closing.mayReceive();
    }

    @Override
    public boolean wantsUtf8() {
        return events.wantsUtf8();
    }

    @Override
    public void onUtf8(byte[] text) {
        messagesReceived++;
        if (closing.delivers()) {
            events.onUtf8(text);
        }
    }

    @Override
    public void onText(String text) {
        messagesReceived++;
        if (closing.delivers()) {
            events.onText(text);
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        messagesReceived++;
        if (closing.delivers()) {
            events.onBinary(bytes);
        }
    }

    @Override
    public void onPing(byte[] payload) {
        // RFC 6455 5.5.2: a pong is sent in answer unless a close frame has been received; after our own close frame
        // nothing may follow.
        if (closing.delivers()) {
            control(FrameHeader.PONG, payload);
            events.onPing(payload);
        }
    }

    @Override
    public void onPong(byte[] payload) {
        if (closing.delivers()) {
            events.onPong(payload);
        }
    }

    @Override
    public void onClose(int code, String reason) {
        if (closing.received(code, reason)) {
            // RFC 6455 5.5.1: the answer typically echoes the code.
            writeClose(code, "");
            closing.sent();
        }
    }

    private void control(int opcode, byte[] payload) {
        ByteBuf target = out.get();
        int begin = target.writerIndex();
        writer.control(opcode, payload, target);
        show(target, begin);
    }

    private void writeClose(int code, String reason) {
        ByteBuf target = out.get();
        int begin = target.writerIndex();
        writer.close(code, tellsReasons ? reason : "", target);
        show(target, begin);
    }

    private void show(ByteBuf target, int begin) {
        if (tap != null) {
            SentFrames.show(target, begin, tap);
        }
    }
}
