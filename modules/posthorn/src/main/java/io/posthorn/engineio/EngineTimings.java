package io.posthorn.engineio;

import java.time.Duration;

/**
 * The times that sessions keep. Immutable; the {@code with} methods give a changed copy.
 *
 * @param pingInterval from a pong, or the handshake, to the next ping; told in the handshake
 * @param pingTimeout how long a ping may go unanswered; told in the handshake
 * @param upgradeTimeout how long a WebSocket may take to become its session's way, before it is closed; the session goes on
 * @param maxPause how long a session may not be read from, for its handlers are behind, before it counts as timed out
 */
public record EngineTimings(Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, Duration maxPause) {
    private static final Duration LONGEST = Duration.ofDays(10_000);
    private static final EngineTimings DEFAULTS = new EngineTimings(
            Duration.ofSeconds(25), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofMinutes(2));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where one is not positive, or more than 10,000 days
     */
    public EngineTimings {
        check("pingInterval", pingInterval);
        check("pingTimeout", pingTimeout);
        check("upgradeTimeout", upgradeTimeout);
        check("maxPause", maxPause);
    }

    /** A ping after 25 s that is answered within 20 s; 10 s for an upgrade; pauses of 2 minutes. */
    public static EngineTimings defaults() {
        return DEFAULTS;
    }

    /** With other pings. */
    public EngineTimings withPings(Duration interval, Duration timeout) {
        return new EngineTimings(interval, timeout, upgradeTimeout, maxPause);
    }

    /** With another time for an upgrade. */
    public EngineTimings withUpgradeTimeout(Duration timeout) {
        return new EngineTimings(pingInterval, pingTimeout, timeout, maxPause);
    }

    /** With another longest pause. */
    public EngineTimings withMaxPause(Duration pause) {
        return new EngineTimings(pingInterval, pingTimeout, upgradeTimeout, pause);
    }

    private static void check(String name, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be positive and at most 10,000 days, not " + time);
        }
    }
}
