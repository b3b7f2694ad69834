package io.posthorn.socketio;

import io.posthorn.engineio.EngineOptions;
import io.posthorn.http.OriginPolicy;
import io.posthorn.loop.HandlerThread;

import java.time.Duration;

/**
 * How one Socket.IO server is made.
 *
 * @param engine sessions, transports, heartbeats, and who may connect
 * @param connectTimeout how long a connection may be in no namespace; then it is closed
 * @param servesClient whether the official browser client is served beside it, as {@code socket.io.js}
 * @param handlers where handlers run for which nothing else was declared
 * @param limits what sockets may cost
 */
public record SocketIoOptions(
        EngineOptions engine,
        Duration connectTimeout,
        boolean servesClient,
        HandlerThread handlers,
        SocketIoLimits limits) {
    private static final Duration LONGEST = Duration.ofDays(10_000);
    private static final SocketIoOptions DEFAULTS = new SocketIoOptions(
            EngineOptions.defaults(), Duration.ofSeconds(45), true, HandlerThread.ADAPTIVE, SocketIoLimits.defaults());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where the time is not positive, or more than 10,000 days
     */
    public SocketIoOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero() || connectTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "connectTimeout must be positive and at most 10,000 days, not " + connectTimeout);
        }
    }

    /** The defaults of {@link EngineOptions}; 45 seconds to connect; the client is served; handlers find their thread. */
    public static SocketIoOptions defaults() {
        return DEFAULTS;
    }

    /** These options with others of Engine.IO. */
    public SocketIoOptions withEngine(EngineOptions other) {
        return new SocketIoOptions(other, connectTimeout, servesClient, handlers, limits);
    }

    /** These options with other pages that may connect; a short form of {@link EngineOptions#withOrigins}. */
    public SocketIoOptions withOrigins(OriginPolicy origins) {
        return withEngine(engine.withOrigins(origins));
    }

    /** These options with another time for joining a namespace. */
    public SocketIoOptions withConnectTimeout(Duration other) {
        return new SocketIoOptions(engine, other, servesClient, handlers, limits);
    }

    /** These options with the browser client served, or not. */
    public SocketIoOptions withClient(boolean served) {
        return new SocketIoOptions(engine, connectTimeout, served, handlers, limits);
    }

    /** These options with another place for handlers. */
    public SocketIoOptions withHandlers(HandlerThread thread) {
        return new SocketIoOptions(engine, connectTimeout, servesClient, thread, limits);
    }

    /** These options with other limits. */
    public SocketIoOptions withLimits(SocketIoLimits other) {
        return new SocketIoOptions(engine, connectTimeout, servesClient, handlers, other);
    }
}
