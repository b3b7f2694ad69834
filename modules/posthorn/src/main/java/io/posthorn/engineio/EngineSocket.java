package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;
import io.posthorn.loop.HandlerSites;
import io.posthorn.loop.HandlerThread;
import io.posthorn.loop.UserCalls;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.Payload;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One client, as an application sees it that uses Engine.IO by itself.
 *
 * <p>Every method may be called from any thread and returns at once; what one thread sends leaves in its order. After the
 * end of the session, sending does nothing. Handlers are called one at a time and in order: on the session's event loop, or,
 * once they were seen to wait there, on a thread that may block. Set them in the connection's callback: nothing is heard
 * before it has returned. An exception from a handler goes to {@link #onError} and does no harm to the session. A client
 * whose handlers are behind is not read from.
 */
public final class EngineSocket {
    private static final Object NOBODY = new Object();

    private final EngineSession session;
    private final EngineSockets sockets;
    private final UserCalls calls;
    private volatile @Nullable Consumer<String> textHandler;
    private volatile @Nullable Consumer<byte[]> binaryHandler;
    private volatile @Nullable CloseHandler closeHandler;
    private volatile @Nullable Consumer<Throwable> errorHandler;

    EngineSocket(EngineSession session, EngineSockets sockets, HandlerSites sites) {
        this.session = session;
        this.sockets = sockets;
        this.calls = new UserCalls(
                sites, session.loop(), () -> session.loop().mailbox().execute(session::resumeReading));
    }

    /** What is told how a session ended. */
    @FunctionalInterface
    public interface CloseHandler {
        /**
         * The session has ended; called once, and last.
         *
         * @param description more about the reason, for logs; may be empty
         */
        void onClose(SessionCloseReason reason, String description);
    }

    /** The id, by which the client has its session: a secret between the two. */
    public String id() {
        return session.id();
    }

    /** The handshake's request. */
    public HttpRequest request() {
        return session.request();
    }

    /** The transport that it has just now. */
    public TransportType transport() {
        return session.transport();
    }

    /** Whether messages can be sent. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** What to do with a text message. */
    public void onText(Consumer<String> handler) {
        textHandler = handler;
    }

    /** What to do with a binary message; the array is the handler's own. */
    public void onBinary(Consumer<byte[]> handler) {
        binaryHandler = handler;
    }

    /** What to do when the session has ended. */
    public void onClose(CloseHandler handler) {
        closeHandler = handler;
    }

    /** What to do with an exception that came out of one of the other handlers. */
    public void onError(Consumer<Throwable> handler) {
        errorHandler = handler;
    }

    /** Sends a text message. */
    public void send(String text) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream(text.length() + 1);
        packet.write('4');
        packet.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        send(Payload.text("text/plain", packet.toByteArray()));
    }

    /** Sends a binary message; the array must not be changed afterwards. */
    public void send(byte[] bytes) {
        send(Payload.binary(bytes));
    }

    /** Closes the session, once what was sent has left. */
    public void close() {
        session.loop().mailbox().execute(session::close);
    }

    private void send(Payload payload) {
        Message message = Message.of(null, payload);
        session.loop().mailbox().execute(() -> {
            session.offer(message, Outbox.Delivery.CERTAIN);
            session.flushLater();
        });
    }

    /** The session's ear: brings each event to the handler's thread. */
    SessionListener listener() {
        return new Listener();
    }

    /** Calls the application with this socket before anything else. */
    void connected(Consumer<EngineSocket> onConnection) {
        call(onConnection, 0, () -> onConnection.accept(this));
    }

    private void call(@Nullable Object handler, int bytes, Runnable body) {
        Class<?> owner = handler == null ? NOBODY.getClass() : handler.getClass();
        calls.call(sockets.site(owner, HandlerThread.ADAPTIVE), bytes, () -> guarded(body));
        if (calls.isFull()) {
            session.pauseReading();
        }
    }

    private void guarded(Runnable body) {
        try {
            body.run();
        } catch (Throwable failure) {
            sockets.failed(failure, errorHandler);
        }
    }

    private final class Listener implements SessionListener {
        @Override
        public void onText(byte[] message, int from) {
            int length = message.length - from;
            call(textHandler, length, () -> {
                Consumer<String> handler = textHandler;
                if (handler != null) {
                    handler.accept(new String(message, from, length, StandardCharsets.UTF_8));
                }
            });
        }

        @Override
        public void onBinary(byte[] bytes) {
            call(binaryHandler, bytes.length, () -> {
                Consumer<byte[]> handler = binaryHandler;
                if (handler != null) {
                    handler.accept(bytes);
                }
            });
        }

        @Override
        public void onClose(SessionCloseReason reason, String description) {
            call(closeHandler, 0, () -> {
                CloseHandler handler = closeHandler;
                if (handler != null) {
                    handler.onClose(reason, description);
                }
            });
        }
    }
}
