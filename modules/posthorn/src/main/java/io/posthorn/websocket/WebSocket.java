package io.posthorn.websocket;

import java.nio.charset.StandardCharsets;
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

    private final WebSocketHandler handler;
    private final WebSocketHandshake handshake;
    private final long id;

    WebSocket(WebSocketHandler handler, WebSocketHandshake handshake, long id) {
        this.handler = handler;
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

    /** A number that no other connection of this server has, as text, for logs. */
    public String id() {
        return Long.toString(id);
    }

    /** How the connection began. */
    public WebSocketHandshake handshake() {
        return handshake;
    }

    /** What to do with a text message. */
    public void onText(Consumer<String> textHandler) {
        handler.handlers().onText(textHandler);
    }

    /** What to do with a binary message; the array is the handler's own. */
    public void onBinary(Consumer<byte[]> binaryHandler) {
        handler.handlers().onBinary(binaryHandler);
    }

    /** What to do when a ping comes; it has been answered already. */
    public void onPing(Consumer<byte[]> pingHandler) {
        handler.handlers().onPing(pingHandler);
    }

    /** What to do when a pong comes. */
    public void onPong(Consumer<byte[]> pongHandler) {
        handler.handlers().onPong(pongHandler);
    }

    /** What to do when the connection has ended. */
    public void onClose(CloseHandler closeHandler) {
        handler.handlers().onClose(closeHandler);
    }

    /** What to do when {@link #isWritable} has become true again. */
    public void onWritable(Runnable writableHandler) {
        handler.handlers().onWritable(writableHandler);
    }

    /** What to do with an exception that came out of one of the other handlers. */
    public void onError(Consumer<Throwable> errorHandler) {
        handler.handlers().onError(errorHandler);
    }

    /** Sends a text message. */
    public void send(String text) {
        if (handler.isInline()) {
            handler.sendText(text);
        } else {
            handler.execute(() -> handler.sendText(text));
        }
    }

    /** Sends a binary message; the array must not be changed afterwards. */
    public void send(byte[] bytes) {
        if (handler.isInline()) {
            handler.sendBinary(bytes);
        } else {
            handler.execute(() -> handler.sendBinary(bytes));
        }
    }

    /** Sends a message that was encoded before. */
    public void send(PreparedMessage message) {
        handler.execute(() -> handler.send(message));
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
        String[] copy = parts.clone();
        handler.execute(() -> handler.sendFragments(copy));
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
        handler.execute(() -> handler.ping(copy));
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
        if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON) {
            throw new IllegalArgumentException("A reason holds at most 123 bytes: " + reason);
        }
        handler.execute(() -> handler.close(code, reason));
    }

    /** Whether messages can be sent: from the handshake until either side closes. */
    public boolean isOpen() {
        return handler.isOpen();
    }

    /** Whether little enough waits to be sent that more is welcome: 64 KiB, and again 32 KiB once that was passed. */
    public boolean isWritable() {
        return handler.isWritable();
    }

    /** How many bytes wait to be sent, frames' headers included. */
    public long bufferedBytes() {
        return handler.bufferedBytes();
    }

    /** Shows every frame from now on to a tap. */
    public void tap(FrameTap tap) {
        handler.execute(() -> handler.tap(tap));
    }

    WebSocketHandler handler() {
        return handler;
    }

    @Override
    public String toString() {
        return "WebSocket " + id;
    }
}
