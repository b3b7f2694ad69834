package io.posthorn.engineio;

import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Engine.IO on one path: its sessions, and what answers requests. Safe for all threads. */
public final class EngineIo {
    @SuppressWarnings("UnusedVariable")
    private volatile Consumer<ConnectionError> connectionErrors = error -> {};

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
        return exchange -> exchange.respond(HttpResponse.of(503));
    }

    /** What to do with a request that was refused; on any loop, where it must not block. It replaces what was set before. */
    public void onConnectionError(Consumer<ConnectionError> handler) {
        connectionErrors = handler;
    }

    /** How many sessions there are. */
    public int sessions() {
        return 0;
    }

    /** What was counted so far. */
    public EngineStats stats() {
        return new EngineStats(Map.of(), Map.of(), 0, 0, Map.of(), 0, 0, 0, 0, 0, 0);
    }

    /**
     * Ends all sessions as {@link SessionCloseReason#SERVER_SHUTTING_DOWN}, answers their polls and waits until all have
     * ended, as long as the deadline at most. Requests that come meanwhile are refused with 503. Not to be called on a loop.
     */
    public void close(Duration deadline) {
        connectionErrors = error -> {};
    }
}
