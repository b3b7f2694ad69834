package io.posthorn.engineio;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The order between a session's WebSockets and its polls and POSTs, which come by other connections: what the client has
 * sent by a WebSocket, the end of polling maybe, is heard before a request that it has sent later. On the home loop.
 */
@OnLoop
final class Arrivals {
    private final Loop home;
    private final Queue<Runnable> waiting = new ArrayDeque<>(1);
    private int moving;

    Arrivals(Loop home) {
        this.home = home;
    }

    /** A WebSocket is about to be accepted: from now on the client may send by it. */
    void begin() {
        moving++;
    }

    /** A WebSocket has come home, or never will. */
    void end() {
        if (--moving > 0) {
            return;
        }
        for (Runnable request = waiting.poll(); request != null; request = waiting.poll()) {
            home.afterReads(request);
        }
    }

    /** Whether none is on its way. */
    boolean isOver() {
        return moving == 0;
    }

    /** Handles a request when all has been read that came before it. */
    void handle(Runnable request) {
        if (moving > 0) {
            waiting.add(request);
        } else {
            home.afterReads(request);
        }
    }
}
