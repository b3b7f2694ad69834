package io.posthorn.engineio;

import io.posthorn.http.HttpHandler;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;

import java.time.Duration;
import java.util.function.Consumer;

/** Engine.IO on one path: its sessions, and what answers requests. Safe for all threads. */
public final class EngineIo {
    /** Engine.IO that runs on these loops. */
    public EngineIo(
            EventLoops loops,
            UserThreads threads,
            WebSockets webSockets,
            EngineOptions options,
            SessionHandler handler) {}

    /**
     * What answers all requests, of every method, at the path: to be routed with {@link EngineOptions#origins}.
     */
    public HttpHandler requests() {
        throw new UnsupportedOperationException();
    }

    /** What to do with a request that was refused; on any loop, where it must not block. It replaces what was set before. */
    public void onConnectionError(Consumer<ConnectionError> handler) {
        throw new UnsupportedOperationException();
    }

    /** How many sessions there are. */
    public int sessions() {
        throw new UnsupportedOperationException();
    }

    /** What was counted so far. */
    public EngineStats stats() {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends all sessions as {@link SessionCloseReason#SERVER_SHUTTING_DOWN}, answers their polls and waits until all have
     * ended, as long as the deadline at most. Requests that come meanwhile are refused with 503. Not to be called on a loop.
     */
    public void close(Duration deadline) {
        throw new UnsupportedOperationException();
    }
}
