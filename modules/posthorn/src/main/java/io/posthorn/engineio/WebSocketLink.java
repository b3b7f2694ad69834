package io.posthorn.engineio;

import io.posthorn.loop.OnLoop;
import io.posthorn.transport.CloseReason;
import io.posthorn.transport.Content;
import io.posthorn.transport.Message;
import io.posthorn.transport.Transport;
import io.posthorn.transport.TransportType;
import io.posthorn.transport.WebSocketTransport;
import io.posthorn.websocket.WebSocket;

/** A WebSocket of a session, or one that wants to be: hands what comes to whoever receives it now. */
@OnLoop
final class WebSocketLink implements SessionTransport, Transport.Listener, WebSocket.Receiver {
    private final WebSocket webSocket;
    private final WebSocketTransport transport;
    private Receiver receiver;

    /** Who is told what comes over a WebSocket. */
    interface Receiver extends PayloadReader.Sink {
        /** There is room for more. */
        void onWritable();

        /** It has ended, whoever ended it, with this code. */
        void onEnded(int code);
    }

    /** A link, made when the WebSocket connects, on its loop. */
    WebSocketLink(WebSocket webSocket, Receiver receiver) {
        this.webSocket = webSocket;
        this.receiver = receiver;
        this.transport = new WebSocketTransport(webSocket, Content.PLAIN, this);
        webSocket.receiver(this);
    }

    /** The way down. */
    Transport transport() {
        return transport;
    }

    /** Lets another one receive what comes. */
    void receiver(Receiver next) {
        receiver = next;
    }

    /** Closes without a status. */
    void close() {
        transport.close(CloseReason.ENDED);
    }

    @Override
    public TransportType type() {
        return TransportType.WEB_SOCKET;
    }

    @Override
    public void pauseReading() {
        webSocket.pauseReading();
    }

    @Override
    public void resumeReading() {
        webSocket.resumeReading();
    }

    @Override
    public void end(Message lastWord) {
        close();
    }

    @Override
    public void onUtf8(byte[] packet) {
        receiver.onText(packet);
    }

    @Override
    public void onBinary(byte[] bytes) {
        receiver.onBinary(bytes);
    }

    @Override
    public void onWritable() {
        receiver.onWritable();
    }

    @Override
    public void onClosed(CloseReason reason) {
        receiver.onEnded(transport.closeCode());
    }
}
