package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Engine.IO on one path: its sessions, and what answers requests. Safe for all threads. */
public final class EngineIo {
    private static final Logger log = LoggerFactory.getLogger(EngineIo.class);

    private final EventLoops loops;
    private final EngineOptions options;
    private final SessionHandler handler;
    private final EngineRequests requests;
    private final Sessions sessions;
    private final Map<Loop, Heartbeats> heartbeats;
    private final EngineCounters counters = new EngineCounters();
    private final AtomicBoolean failureLogged = new AtomicBoolean();
    private final EngineResponses responses;
    private volatile Consumer<ConnectionError> connectionErrors = error -> {};

    /**
     * Engine.IO that runs on these loops.
     *
     * @param handler is given each session
     */
    public EngineIo(
            EventLoops loops,
            UserThreads threads,
            WebSockets webSockets,
            EngineOptions options,
            SessionHandler handler) {
        this.loops = loops;
        this.options = options;
        this.handler = handler;
        this.sessions = new Sessions(options.limits());
        this.heartbeats = loops.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), loop -> new Heartbeats(loop, options.timings())));
        this.responses = new EngineResponses(this);
        this.requests = new EngineRequests(this, threads, webSockets);
    }

    /** What answers all requests at the path, of every method: to be routed for {@link EngineOptions#origins}. */
    public HttpHandler requests() {
        return requests;
    }

    /** What to do with a request that was refused; on any loop, where it must not block. It replaces what was set before. */
    public void onConnectionError(Consumer<ConnectionError> errorHandler) {
        connectionErrors = errorHandler;
    }

    /** How many sessions there are. */
    public int sessions() {
        return sessions.size();
    }

    /** What was counted so far. */
    public EngineStats stats() {
        return counters.snapshot();
    }

    /**
     * Ends all sessions as {@link SessionCloseReason#SERVER_SHUTTING_DOWN}, answers their polls and waits until all have
     * ended, as long as the deadline at most. Requests that come meanwhile are refused with 503. Not to be called on a loop.
     */
    public void close(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        sessions.beginToClose();
        // Whoever was let in before is in the list when each loop's turn is over.
        loops.awaitTurn(deadline);
        sessions.close(Duration.ofNanos(end - System.nanoTime()));
    }

    EngineOptions options() {
        return options;
    }

    SessionHandler handler() {
        return handler;
    }

    Sessions registry() {
        return sessions;
    }

    EngineCounters counters() {
        return counters;
    }

    Heartbeats heartbeats(Loop loop) {
        return Objects.requireNonNull(heartbeats.get(loop), "not a loop of this server");
    }

    EngineResponses responses() {
        return responses;
    }

    /** Refuses a request, in the words that Engine.IO has for it. */
    void refuse(HttpExchange exchange, EngineError error, Map<String, Object> context) {
        refuse(exchange, error, error.message(), context);
    }

    /** Refuses a request, in words of the application's. */
    void refuse(HttpExchange exchange, EngineError error, String message, Map<String, Object> context) {
        counters.refused(error);
        if (!exchange.isAnswered()) {
            HttpResponse refusal = EngineResponses.refusal(error, message);
            boolean isHandshake = EngineRequests.isUpgrade(exchange.request());
            exchange.respond(isHandshake ? refusal.header("Connection", "close") : refusal);
        }
        try {
            connectionErrors.accept(new ConnectionError(exchange.request(), error.code(), message, context));
        } catch (Throwable failure) {
            failed("The handler of connection errors", failure);
        }
    }

    /** Something of the application's has failed: logged once, since a client may be able to cause it at will. */
    void failed(String what, Throwable failure) {
        counters.failures.increment();
        if (failureLogged.compareAndSet(false, true)) {
            log.error("{} failed; further failures here are logged for debugging only", what, failure);
        } else {
            log.debug("{} failed again", what, failure);
        }
    }
}
