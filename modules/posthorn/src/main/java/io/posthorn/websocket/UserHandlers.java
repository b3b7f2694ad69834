package io.posthorn.websocket;

import io.posthorn.loop.HandlerQueue;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The application's handlers of one connection, and the thread that each event finds: the loop's, or, behind a queue that
 * keeps their order, one that may block. Here, and nowhere else, what an application throws is caught.
 */
final class UserHandlers implements WebSocketEngine.Events {
    /** With this many events waiting, no more is read from the connection. */
    static final int MAX_QUEUED = 64;
    /** Nor with this many bytes of messages. */
    static final int MAX_QUEUED_BYTES = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(UserHandlers.class);

    private final WebSocketRoute route;
    private final WebSocket webSocket;
    private final @Nullable HandlerQueue queue;

    private volatile Consumer<String> onText = ignored -> {};
    private volatile WebSocket.@Nullable Receiver receiver;
    private volatile Consumer<byte[]> onBinary = ignored -> {};
    private volatile Consumer<byte[]> onPing = ignored -> {};
    private volatile Consumer<byte[]> onPong = ignored -> {};
    private volatile WebSocket.CloseHandler onClose = (code, reason) -> {};
    private volatile Runnable onWritable = () -> {};
    private volatile Consumer<Throwable> onError = ignored -> {};

    /** The handlers of one connection; with a queue they may block. */
    UserHandlers(WebSocketRoute route, WebSocket webSocket, @Nullable HandlerQueue queue) {
        this.route = route;
        this.webSocket = webSocket;
        this.queue = queue;
    }

    void onText(Consumer<String> handler) {
        onText = handler;
        receiver = null;
    }

    void receiver(WebSocket.Receiver next) {
        receiver = next;
    }

    void onBinary(Consumer<byte[]> handler) {
        onBinary = handler;
    }

    void onPing(Consumer<byte[]> handler) {
        onPing = handler;
    }

    void onPong(Consumer<byte[]> handler) {
        onPong = handler;
    }

    void onClose(WebSocket.CloseHandler handler) {
        onClose = handler;
    }

    void onWritable(Runnable handler) {
        onWritable = handler;
    }

    void onError(Consumer<Throwable> handler) {
        onError = handler;
    }

    /** Whether so many events wait that no more should be read. */
    boolean isFull() {
        return queue != null && (queue.size() >= MAX_QUEUED || queue.bytes() >= MAX_QUEUED_BYTES);
    }

    @OnLoop
    void connected(Consumer<WebSocket> onConnection) {
        dispatch("connection", () -> onConnection.accept(webSocket));
    }

    @OnLoop
    void writable() {
        dispatch("writable", () -> onWritable.run());
    }

    @OnLoop
    void closed(int code, String reason) {
        dispatch("close", () -> onClose.onClose(code, reason));
    }

    @Override
    public boolean wantsUtf8() {
        return receiver != null;
    }

    @Override
    public void onUtf8(byte[] text) {
        if (queue != null) {
            queue.execute(text.length, () -> call("text", () -> handleUtf8(text)));
            return;
        }
        // As with text.
        try {
            handleUtf8(text);
        } catch (Throwable failure) {
            failed("text", failure);
        }
    }

    @Override
    public void onText(String text) {
        if (queue != null) {
            queue.execute(text.length(), () -> call("text", () -> handleText(text)));
            return;
        }
        // The same as dispatch, without an object for each message.
        try {
            handleText(text);
        } catch (Throwable failure) {
            failed("text", failure);
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        if (queue != null) {
            queue.execute(bytes.length, () -> call("binary", () -> handleBinary(bytes)));
            return;
        }
        // As with text.
        try {
            handleBinary(bytes);
        } catch (Throwable failure) {
            failed("binary", failure);
        }
    }

    @Override
    public void onPing(byte[] payload) {
        dispatch("ping", () -> onPing.accept(payload));
    }

    @Override
    public void onPong(byte[] payload) {
        dispatch("pong", () -> onPong.accept(payload));
    }

    @Override
    public void onViolation(int code, String reason) {
        log.debug("{} closes with {}: {}", webSocket, code, reason);
        route.webSockets().counters().countViolation(code);
    }

    /** A tap whose failures end here. */
    FrameTap guarded(FrameTap tap) {
        return (direction, bytes) -> call("tap", () -> tap.onFrame(direction, bytes));
    }

    /** Where the handler was exchanged after the event had come, it gets what it wants. */
    private void handleText(String text) {
        WebSocket.Receiver utf8 = receiver;
        if (utf8 == null) {
            onText.accept(text);
        } else {
            utf8.onUtf8(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void handleUtf8(byte[] text) {
        WebSocket.Receiver utf8 = receiver;
        if (utf8 == null) {
            onText.accept(new String(text, StandardCharsets.UTF_8));
        } else {
            utf8.onUtf8(text);
        }
    }

    private void handleBinary(byte[] bytes) {
        WebSocket.Receiver current = receiver;
        if (current == null) {
            onBinary.accept(bytes);
        } else {
            current.onBinary(bytes);
        }
    }

    private void dispatch(String event, Runnable handler) {
        if (queue == null) {
            call(event, handler);
        } else {
            queue.execute(() -> call(event, handler));
        }
    }

    private void call(String event, Runnable handler) {
        try {
            handler.run();
        } catch (Throwable failure) {
            // An Error is the application's failure too: a deeply nested message that overflows the stack, say.
            failed(event, failure);
        }
    }

    private void failed(String event, Throwable failure) {
        route.webSockets().counters().handlerFailures.increment();
        if (route.isFirstFailure()) {
            log.error(
                    "A handler of {} at {} failed on \"{}\"; further failures of this route are only counted",
                    webSocket,
                    webSocket.handshake().request().path(),
                    event,
                    failure);
        }
        try {
            onError.accept(failure);
        } catch (Throwable again) {
            log.debug("the error handler of {} failed", webSocket, again);
        }
    }
}
