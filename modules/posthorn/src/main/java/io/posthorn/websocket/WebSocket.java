package io.posthorn.websocket;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One connection, as an application sees it.
 *
 * <p>Every method may be called from any thread and returns at once; what one thread sends leaves in its order. After the
 * end of the connection, sending does nothing. Handlers are called one at a time and in order, on the connection's event
 * loop, where they must not block, or on a thread that may, where {@link WebSocketOptions#withBlockingHandlers} says so.
 * Set them in the connection's callback: nothing is received before it has returned. An exception from a handler goes to
 * {@link #onError} and does no harm to the connection.
 */
public final class WebSocket {
    private static final int MAX_REASON = 123;

    private final WebSocketConnection connection;
    private final WebSocketHandshake handshake;
    private final long id;

    WebSocket(WebSocketConnection connection, WebSocketHandshake handshake, long id) {
        this.connection = connection;
        this.handshake = handshake;
        this.id = id;
    }

    /** What is told how a connection ended. */
    @FunctionalInterface
    public interface CloseHandler {
        /**
         * The connection has ended; called once, and last.
         *
         * @param code the other side's code, ours where it broke a rule, {@link CloseCode#NO_STATUS} where it gave none,
         *     or {@link CloseCode#ABNORMAL} where the connection was lost
         * @param reason likewise; may be empty
         */
        void onClose(int code, String reason);
    }

    /** What takes messages as they come. */
    public interface Receiver {
        /** A text, as the UTF-8 that came, which has been checked; the array is the receiver's own. */
        void onUtf8(byte[] text);

        /** A binary message; the array is the receiver's own. */
        void onBinary(byte[] bytes);
    }

    /** A number that no other connection of this server has, as text, for logs. */
    public String id() {
        return Long.toString(id);
    }

    /** The loop that the connection lives on. */
    public Loop loop() {
        return connection.loop();
    }

    /** How the connection began. */
    public WebSocketHandshake handshake() {
        return handshake;
    }

    /** What to do with a text message. */
    public void onText(Consumer<String> textHandler) {
        connection.handlers().onText(textHandler);
    }

    /** Who gets the messages, in place of the handlers of {@link #onText} and {@link #onBinary}: no string is made. */
    public void receiver(Receiver receiver) {
        connection.handlers().receiver(receiver);
    }

    /** What to do with a binary message; the array is the handler's own. */
    public void onBinary(Consumer<byte[]> binaryHandler) {
        connection.handlers().onBinary(binaryHandler);
    }

    /** What to do when a ping comes; it has been answered already. */
    public void onPing(Consumer<byte[]> pingHandler) {
        connection.handlers().onPing(pingHandler);
    }

    /** What to do when a pong comes. */
    public void onPong(Consumer<byte[]> pongHandler) {
        connection.handlers().onPong(pongHandler);
    }

    /** What to do when the connection has ended. */
    public void onClose(CloseHandler closeHandler) {
        connection.handlers().onClose(closeHandler);
    }

    /** What to do when {@link #isWritable} has become true again. */
    public void onWritable(Runnable writableHandler) {
        connection.handlers().onWritable(writableHandler);
    }

    /** What to do with an exception that came out of one of the other handlers. */
    public void onError(Consumer<Throwable> errorHandler) {
        connection.handlers().onError(errorHandler);
    }

    /** Sends a text message. */
    public void send(String text) {
        send(FrameHeader.TEXT, utf8(text));
    }

    /** Sends a binary message; the array must not be changed afterwards. */
    public void send(byte[] bytes) {
        send(FrameHeader.BINARY, bytes);
    }

    private void send(int opcode, byte[] payload) {
        // The same as execute, without an object for each message.
        if (connection.isInline()) {
            connection.send(opcode, payload);
        } else {
            connection.execute(() -> connection.send(opcode, payload));
        }
    }

    /** Sends a message that was encoded before. */
    public void send(PreparedMessage message) {
        connection.execute(() -> connection.send(message));
    }

    /**
     * Writes messages that were encoded before, past everything that waits for the loop: for code that lives on this
     * connection's loop, sees to the order itself, and calls {@link #flush}. Where compression was agreed on, those that
     * reach its threshold are compressed for this connection.
     */
    @OnLoop
    public void write(PreparedMessage message) {
        connection.write(message);
    }

    /**
     * Sends messages that many get, past everything that waits for the loop, as {@link #write} does, and at once.
     *
     * @param frames borrowed
     * @return false where nothing was done: something waits to be sent before, or compression was agreed on, or nothing may
     *     be sent any more
     */
    @OnLoop
    public boolean offer(SharedFrames frames) {
        if (!connection.isFree()) {
            return false;
        }
        connection.send(frames);
        return true;
    }

    /**
     * As {@link #write(PreparedMessage)}, a text for nobody else, straight into what the flush sends.
     *
     * @param utf8 borrowed; not checked
     */
    @OnLoop
    public void writeText(byte[] utf8) {
        connection.write(FrameHeader.TEXT, utf8);
    }

    /**
     * As {@link #write(PreparedMessage)}, a binary message for nobody else, straight into what the flush sends.
     *
     * @param bytes borrowed
     */
    @OnLoop
    public void writeBinary(byte[] bytes) {
        connection.write(FrameHeader.BINARY, bytes);
    }

    /** Sends what was written, at once. */
    @OnLoop
    public void flush() {
        connection.flush();
    }

    /**
     * Reads no more from the other side until {@link #resumeReading}, so that it comes to a halt itself. What has been
     * read already is still delivered. Meanwhile the silence is not the other side's: it does not end the connection.
     */
    @OnLoop
    public void pauseReading() {
        connection.pause(true);
    }

    /** Reads on. */
    @OnLoop
    public void resumeReading() {
        connection.pause(false);
    }

    /**
     * Sends one text message in several frames, one for each part.
     *
     * @throws IllegalArgumentException where there is no part
     */
    public void sendFragments(String... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("A message has at least one fragment");
        }
        byte[][] payloads = Arrays.stream(parts).map(WebSocket::utf8).toArray(byte[][]::new);
        connection.execute(() -> connection.say(engine -> engine.sendFragments(payloads)));
    }

    /**
     * Sends a ping; {@link #onPong} is told of the answer.
     *
     * @throws IllegalArgumentException where the payload is longer than 125 bytes (RFC 6455 5.5)
     */
    public void ping(byte[] payload) {
        if (payload.length > FrameHeader.MAX_CONTROL_PAYLOAD) {
            throw new IllegalArgumentException("A ping holds at most 125 bytes, not " + payload.length);
        }
        byte[] copy = payload.clone();
        connection.execute(() -> connection.say(engine -> engine.ping(copy)));
    }

    /** Closes with 1000. */
    public void close() {
        close(CloseCode.NORMAL, "");
    }

    /**
     * Begins the closing handshake; nothing can be sent afterwards. The connection is cut where the other side does not
     * answer in time.
     *
     * @param reason at most 123 bytes of UTF-8 (RFC 6455 5.5)
     * @throws IllegalArgumentException where the code may not stand in a frame (RFC 6455 7.4), or the reason is too long
     */
    public void close(int code, String reason) {
        if (!CloseCode.isAllowedInFrame(code)) {
            throw new IllegalArgumentException(code + " is not a code that may be sent");
        }
        if (utf8(reason).length > MAX_REASON) {
            throw new IllegalArgumentException("A reason holds at most 123 bytes: " + reason);
        }
        connection.execute(() -> connection.close(code, reason));
    }

    /** As {@link #close()}, by a frame that holds no code: the other side sees {@link CloseCode#NO_STATUS}. */
    public void closeWithoutStatus() {
        connection.execute(() -> connection.close(CloseCode.NO_STATUS, ""));
    }

    /** Whether messages can be sent: from the handshake until either side closes. */
    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether little enough waits to be sent that more is welcome: 64 KiB, and again 32 KiB once that was passed. */
    public boolean isWritable() {
        return connection.isWritable();
    }

    /** How many bytes wait to be sent, frames' headers included. */
    public long bufferedBytes() {
        return connection.bufferedBytes();
    }

    /** Shows every frame from now on to a tap. */
    public void tap(FrameTap tap) {
        connection.execute(() -> connection.tap(tap));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    WebSocketConnection connection() {
        return connection;
    }

    @Override
    public String toString() {
        return "WebSocket " + id;
    }
}
