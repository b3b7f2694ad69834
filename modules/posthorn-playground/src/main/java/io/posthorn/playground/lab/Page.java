package io.posthorn.playground.lab;

import io.posthorn.json.Json;
import io.posthorn.websocket.WebSocket;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a visitor's page is told: JSON objects of one field. A page that does not read loses what it would be told, and takes
 * no memory. Safe for all threads.
 */
final class Page {
    private final WebSocket socket;

    Page(WebSocket socket) {
        this.socket = socket;
    }

    /** Whether it reads what it is told. */
    boolean reads() {
        return socket.isWritable();
    }

    /** Tells it; false where the page does not read. */
    boolean tell(String name, Object value) {
        if (!reads()) {
            return false;
        }
        socket.send(new String(Json.write(Map.of(name, value)), StandardCharsets.UTF_8));
        return true;
    }
}
