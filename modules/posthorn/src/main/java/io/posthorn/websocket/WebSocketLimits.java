package io.posthorn.websocket;

import java.time.Duration;

/**
 * What one connection may cost. Immutable; the {@code with} methods give a changed copy, and refuse what makes no sense
 * with an {@link IllegalArgumentException}.
 *
 * @param maxFrame the largest payload of one frame, in bytes; a larger one closes with 1009
 * @param maxMessage the largest message, in bytes, after decompression; a larger one closes with 1009, while it is
 *     being inflated
 * @param maxFragments the most frames in one message; more close with 1008
 * @param fragmentOverhead what each continuation frame counts, in bytes, against {@code maxMessage} beside its payload
 * @param maxOutbound the most bytes that may wait to be sent; whoever lets more pile up is closed with 1008. What is
 *     looked at is what waits before a message, so that one message always fits
 * @param idleTimeout how long a connection may be silent: after half of it the server sends a ping, after all of it it
 *     closes with 1001
 * @param closeTimeout how long the other side may take for the closing handshake, before the connection is cut
 */
public record WebSocketLimits(
        long maxFrame,
        int maxMessage,
        int maxFragments,
        int fragmentOverhead,
        long maxOutbound,
        Duration idleTimeout,
        Duration closeTimeout) {
    private static final int KIB = 1024;
    private static final int MAX_MESSAGE = 1 << 30;
    private static final Duration MAX_TIMEOUT = Duration.ofDays(10_000);
    private static final String TIMEOUT_RULE = "positive and at most 10,000 days";

    /** Checks each value. */
    public WebSocketLimits {
        require(maxMessage > 0 && maxMessage <= MAX_MESSAGE, "maxMessage", "between 1 byte and 1 GiB", maxMessage);
        require(maxFrame > 0, "maxFrame", "at least 1 byte", maxFrame);
        require(maxFragments > 0, "maxFragments", "at least 1", maxFragments);
        require(fragmentOverhead >= 0, "fragmentOverhead", "0 or more", fragmentOverhead);
        require(maxOutbound > 0, "maxOutbound", "at least 1 byte", maxOutbound);
        require(isTimeout(idleTimeout), "idleTimeout", TIMEOUT_RULE, idleTimeout);
        require(isTimeout(closeTimeout), "closeTimeout", TIMEOUT_RULE, closeTimeout);
    }

    /**
     * Frames and messages up to 1 MiB, 4,096 fragments that count 16 bytes each, 4 MiB waiting to be sent, 60 s of
     * silence, 5 s to close.
     */
    public static WebSocketLimits defaults() {
        return new WebSocketLimits(
                KIB * KIB, KIB * KIB, 4096, 16, 4L * KIB * KIB, Duration.ofSeconds(60), Duration.ofSeconds(5));
    }

    /** With another largest message, in bytes, and frames as large. */
    public WebSocketLimits withMaxMessage(int bytes) {
        return new WebSocketLimits(
                bytes, bytes, maxFragments, fragmentOverhead, maxOutbound, idleTimeout, closeTimeout);
    }

    /** With another largest frame, in bytes. */
    public WebSocketLimits withMaxFrame(long bytes) {
        return new WebSocketLimits(
                bytes, maxMessage, maxFragments, fragmentOverhead, maxOutbound, idleTimeout, closeTimeout);
    }

    /** With another number of fragments, and what each of them counts in bytes. */
    public WebSocketLimits withFragments(int most, int overhead) {
        return new WebSocketLimits(maxFrame, maxMessage, most, overhead, maxOutbound, idleTimeout, closeTimeout);
    }

    /** With another bound on what waits to be sent, in bytes. */
    public WebSocketLimits withMaxOutbound(long bytes) {
        return new WebSocketLimits(
                maxFrame, maxMessage, maxFragments, fragmentOverhead, bytes, idleTimeout, closeTimeout);
    }

    /** With another silence that is borne. */
    public WebSocketLimits withIdleTimeout(Duration timeout) {
        return new WebSocketLimits(
                maxFrame, maxMessage, maxFragments, fragmentOverhead, maxOutbound, timeout, closeTimeout);
    }

    /** With another time for the closing handshake. */
    public WebSocketLimits withCloseTimeout(Duration timeout) {
        return new WebSocketLimits(
                maxFrame, maxMessage, maxFragments, fragmentOverhead, maxOutbound, idleTimeout, timeout);
    }

    private static boolean isTimeout(Duration timeout) {
        return !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(MAX_TIMEOUT) <= 0;
    }

    private static void require(boolean condition, String name, String rule, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " must be " + rule + ", not " + value);
        }
    }
}
