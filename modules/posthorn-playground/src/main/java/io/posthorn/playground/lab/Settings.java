package io.posthorn.playground.lab;

import java.time.Duration;
import java.util.Locale;

/**
 * How a visitor's clock goes.
 *
 * @param rate messages per second
 * @param payload the size of a message in bytes
 * @param paused whether it stands still
 */
record Settings(double rate, int payload, boolean paused) {
    static final double SLOWEST = 0.2;
    static final double FASTEST = 50;
    static final int SMALLEST = 32;
    static final int LARGEST = 16 * 1024;
    static final Settings FIRST = new Settings(1, 64, false);

    private static final double NANOS = 1e9;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a sentence for the visitor, where one is out of its bounds
     */
    Settings {
        if (!(rate >= SLOWEST && rate <= FASTEST)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "The rate is between %.1f and %.0f messages per second.", SLOWEST, FASTEST));
        }
        if (payload < SMALLEST || payload > LARGEST) {
            throw new IllegalArgumentException("The payload is between " + SMALLEST + " and " + LARGEST + " bytes.");
        }
    }

    /** From one message to the next. */
    Duration period() {
        return Duration.ofNanos(Math.round(NANOS / rate));
    }

    Settings withRate(double other) {
        return new Settings(other, payload, paused);
    }

    Settings withPayload(int other) {
        return new Settings(rate, other, paused);
    }

    Settings withPaused(boolean other) {
        return new Settings(rate, payload, other);
    }
}
