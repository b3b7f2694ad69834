package io.posthorn.playground.lab;

import io.posthorn.json.Json;
import io.posthorn.websocket.WebSocket;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a visitor's page is told: JSON objects of one field. A page that does not read loses what it would be told, and takes
 * no memory. Safe for all threads.
 */
final class Page {
    private final WebSocket socket;
    private final LongAdder lost;

    /** A page behind a socket, and what counts that which it is not told. */
    Page(WebSocket socket, LongAdder lost) {
        this.socket = socket;
        this.lost = lost;
    }

    /** Where it comes from. */
    InetAddress address() {
        return socket.handshake().request().remoteAddress().getAddress();
    }

    /** Whether it reads what it is told; if not, that is counted. */
    boolean reads() {
        boolean reads = socket.isWritable();
        if (!reads) {
            lost.increment();
        }
        return reads;
    }

    /** Tells it, where the page reads. */
    void tell(String name, Object value) {
        if (reads()) {
            socket.send(new String(Json.write(Map.of(name, value)), StandardCharsets.UTF_8));
        }
    }
}
