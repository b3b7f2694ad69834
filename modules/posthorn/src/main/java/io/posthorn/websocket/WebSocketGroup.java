package io.posthorn.websocket;

import io.posthorn.loop.Loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that get the same messages. A message is encoded once, whatever the number of its receivers, and costs one
 * wake-up per event loop. A connection that closes is forgotten by itself. All methods may be called from any thread and
 * return at once; what one thread does happens in its order.
 */
public final class WebSocketGroup {
    private final Map<Loop, Members> perLoop = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Adds a connection, which gets what is sent from now on; twice changes nothing. */
    public void add(WebSocket webSocket) {
        WebSocketConnection connection = webSocket.connection();
        Members members = perLoop.computeIfAbsent(connection.loop(), loop -> new Members(loop, size));
        connection.execute(() -> members.add(connection));
    }

    /** Takes a connection out; nothing happens where it is not in. */
    public void remove(WebSocket webSocket) {
        WebSocketConnection connection = webSocket.connection();
        Members members = perLoop.get(connection.loop());
        if (members != null) {
            connection.execute(() -> members.remove(connection));
        }
    }

    /** Sends a text to all members. */
    public void send(String text) {
        send(PreparedMessage.text(text));
    }

    /** Sends bytes to all members. */
    public void send(byte[] bytes) {
        send(PreparedMessage.binary(bytes));
    }

    /** Sends a message to all members, uncompressed. */
    public void send(PreparedMessage message) {
        perLoop.forEach((loop, members) -> loop.mailbox().execute(() -> members.offer(message)));
    }

    /** How many members there are, as far as their loops have come. */
    public int size() {
        return size.get();
    }
}
