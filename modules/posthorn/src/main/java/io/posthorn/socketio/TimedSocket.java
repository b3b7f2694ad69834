package io.posthorn.socketio;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A socket whose acknowledgements are waited for no longer than some time, late by 0.2 s at most. For all threads. */
public final class TimedSocket {
    private static final Duration LONGEST = Duration.ofDays(10_000);

    private final SocketConnection connection;
    private final Duration timeout;

    TimedSocket(SocketConnection connection, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A timeout is positive and at most 10,000 days, unlike " + timeout);
        }
        this.connection = connection;
        this.timeout = timeout;
    }

    /**
     * Sends an event that the client is to acknowledge in time.
     *
     * @return what it acknowledges with, or an {@link AcknowledgementException} where it does not in time, or the socket ends
     *     before; what depends on the stage runs beside the handlers, and finds its thread as they do
     * @throws IllegalArgumentException where the name is one of Socket.IO's own, or an argument cannot be written
     */
    public CompletionStage<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        ReservedNames.check(event);
        return connection.emitWithAck(event, timeout, arguments);
    }
}
