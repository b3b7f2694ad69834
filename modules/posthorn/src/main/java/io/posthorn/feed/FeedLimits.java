package io.posthorn.feed;

import java.time.Duration;

/**
 * What a feed and its readers may cost.
 *
 * @param maxMessage the largest message that may be published over HTTP, in bytes; more is answered with 413
 * @param bufferMessages how many messages are kept for readers that return
 * @param bufferBytes how many bytes of them at most; the newest is always kept
 * @param queueBytes what may wait for one reader, in bytes, before the overflow policy acts
 * @param maxWait how long a long poll may wait; who asks for more gets this
 * @param keepAlive how long a stream is quiet before it shows that it lives
 * @param retry after what time an EventSource reconnects
 * @param streamBytes after how many bytes an iframe stream begins anew
 * @param maxFeeds how many feeds of one pattern there may be; a request for one more is answered with 503
 * @param unusedFor after what time a feed of a pattern that nobody reads or publishes to is freed
 */
public record FeedLimits(
        int maxMessage,
        int bufferMessages,
        long bufferBytes,
        int queueBytes,
        Duration maxWait,
        Duration keepAlive,
        Duration retry,
        long streamBytes,
        int maxFeeds,
        Duration unusedFor) {
    private static final int KIB = 1024;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final FeedLimits DEFAULTS = new FeedLimits(
            64 * KIB,
            1000,
            1024L * KIB,
            256 * KIB,
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            1024L * KIB,
            10_000,
            Duration.ofMinutes(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where one is not positive, or a duration is longer than a day
     */
    public FeedLimits {
        positive("maxMessage", maxMessage);
        positive("bufferMessages", bufferMessages);
        positive("bufferBytes", bufferBytes);
        positive("queueBytes", queueBytes);
        positive("maxWait", maxWait);
        positive("keepAlive", keepAlive);
        positive("retry", retry);
        positive("streamBytes", streamBytes);
        positive("maxFeeds", maxFeeds);
        positive("unusedFor", unusedFor);
    }

    /**
     * Messages up to 64 KiB, 1,000 of them and 1 MiB kept, 256 KiB waiting per reader, polls up to 60 s, keep-alives after
     * 15 s, reconnects after 2 s, iframes up to 1 MiB, 10,000 feeds by pattern that go when unused for a minute.
     */
    public static FeedLimits defaults() {
        return DEFAULTS;
    }

    /** With another largest message that may be published over HTTP, in bytes. */
    public FeedLimits withMaxMessage(int bytes) {
        return new FeedLimits(
                bytes,
                bufferMessages,
                bufferBytes,
                queueBytes,
                maxWait,
                keepAlive,
                retry,
                streamBytes,
                maxFeeds,
                unusedFor);
    }

    /** With another replay buffer: so many messages, and so many bytes of them. */
    public FeedLimits withBuffer(int messages, long bytes) {
        return new FeedLimits(
                maxMessage, messages, bytes, queueBytes, maxWait, keepAlive, retry, streamBytes, maxFeeds, unusedFor);
    }

    /** With another bound on what waits for one reader, in bytes. */
    public FeedLimits withQueue(int bytes) {
        return new FeedLimits(
                maxMessage,
                bufferMessages,
                bufferBytes,
                bytes,
                maxWait,
                keepAlive,
                retry,
                streamBytes,
                maxFeeds,
                unusedFor);
    }

    /** With other times: for a poll to wait, for a stream to be quiet, for an EventSource to come back. */
    public FeedLimits withTimes(Duration longestWait, Duration quiet, Duration reconnect) {
        return new FeedLimits(
                maxMessage,
                bufferMessages,
                bufferBytes,
                queueBytes,
                longestWait,
                quiet,
                reconnect,
                streamBytes,
                maxFeeds,
                unusedFor);
    }

    /** With another size, in bytes, after which an iframe stream begins anew. */
    public FeedLimits withStreamBytes(long bytes) {
        return new FeedLimits(
                maxMessage,
                bufferMessages,
                bufferBytes,
                queueBytes,
                maxWait,
                keepAlive,
                retry,
                bytes,
                maxFeeds,
                unusedFor);
    }

    /** With other limits for the feeds of a pattern: how many there may be, and how long an unused one stays. */
    public FeedLimits withFeeds(int most, Duration unused) {
        return new FeedLimits(
                maxMessage,
                bufferMessages,
                bufferBytes,
                queueBytes,
                maxWait,
                keepAlive,
                retry,
                streamBytes,
                most,
                unused);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The limit " + name + " must be positive, not " + value + ".");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The limit " + name + " is positive and at most a day, not " + value + ".");
        }
    }
}
