package io.posthorn.transport;

import io.posthorn.loop.OnLoop;
import io.posthorn.websocket.CloseCode;
import io.posthorn.websocket.PreparedMessage;
import io.posthorn.websocket.WebSocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages as those of a WebSocket. It lives on its connection's loop; all methods are the loop's. */
@OnLoop
public final class WebSocketTransport implements Transport, WebSocket.CloseHandler {
    /** More than this is not gathered between two flushes, in bytes. */
    private static final int MAX_UNFLUSHED = 64 * 1024;
    /** Shared by all that send nothing but payloads. */
    private static final Frames PLAIN = new Frames(Content.PLAIN);

    private final WebSocket webSocket;
    private final Frames frames;
    private final Listener listener;
    private CloseReason reason = CloseReason.READER_LEFT;
    private int unflushed;
    private int closeCode;
    private boolean closed;

    /** One message as one frame, and one for each attachment; nothing where there is nothing to say. */
    record Frames(Content content) implements Form<Optional<PreparedMessage>> {
        @Override
        public Optional<PreparedMessage> encode(Message message) {
            Payload first = content.of(message);
            if (first == null) {
                return Optional.empty();
            }
            PreparedMessage frame = frame(first);
            return Optional.of(message.attachments().isEmpty() ? frame : frames(frame, message.attachments()));
        }

        private static PreparedMessage frames(PreparedMessage first, List<Payload> attachments) {
            List<PreparedMessage> frames = new ArrayList<>(1 + attachments.size());
            frames.add(first);
            attachments.forEach(attachment -> frames.add(frame(attachment)));
            return PreparedMessage.of(frames);
        }

        private static PreparedMessage frame(Payload payload) {
            return payload.kind() == Payload.Kind.BINARY
                    ? PreparedMessage.binary(payload.bytes())
                    : PreparedMessage.text(payload.bytes());
        }
    }

    /** The way down to the other side of a WebSocket, in whose connection callback it is made. */
    public WebSocketTransport(WebSocket webSocket, Content content, Listener listener) {
        this.webSocket = webSocket;
        this.frames = content == Content.PLAIN ? PLAIN : new Frames(content);
        this.listener = listener;
        webSocket.onWritable(listener::onWritable);
        webSocket.onClose(this);
    }

    @Override
    public TransportType type() {
        return TransportType.WEB_SOCKET;
    }

    @Override
    public boolean isWritable() {
        return !closed && unflushed < MAX_UNFLUSHED && webSocket.isWritable();
    }

    @Override
    public void write(Message message) {
        if (message.isForOne() && message.attachments().isEmpty()) {
            writeToOne(message);
            return;
        }
        PreparedMessage frame = message.as(frames).orElse(null);
        if (frame != null) {
            webSocket.write(frame);
            unflushed += frame.size();
        }
    }

    private void writeToOne(Message message) {
        Payload payload = frames.content().of(message);
        if (payload == null) {
            return;
        }
        if (payload.kind() == Payload.Kind.BINARY) {
            webSocket.writeBinary(payload.bytes());
        } else {
            webSocket.writeText(payload.bytes());
        }
        unflushed += payload.size();
    }

    @Override
    public boolean offer(Burst burst) {
        return !closed && webSocket.offer(burst.as(frames));
    }

    @Override
    public void flush() {
        unflushed = 0;
        webSocket.flush();
    }

    @Override
    public void close(CloseReason why) {
        if (closed) {
            return;
        }
        closed = true;
        reason = why;
        switch (why) {
            case TOO_SLOW -> webSocket.close(CloseCode.POLICY_VIOLATION, "too slow: too much waits to be sent");
            case SERVER_CLOSING -> webSocket.close(CloseCode.GOING_AWAY, "the server is shutting down");
            case GONE -> webSocket.close(CloseCode.GOING_AWAY, "what was read here has ended");
            case ENDED -> webSocket.closeWithoutStatus();
            case READER_LEFT, ANSWERED, RECYCLED -> webSocket.close();
        }
    }

    /** How the WebSocket ended: the other side's code, or ours where it broke a rule; 0 as long as it has not. */
    public int closeCode() {
        return closeCode;
    }

    /** The WebSocket has ended, whoever ended it. */
    @Override
    public void onClose(int code, String text) {
        closed = true;
        closeCode = code;
        listener.onClosed(reason);
    }
}
