package io.posthorn;

import io.posthorn.http.ForwardedHeaders;
import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.Tls;
import io.posthorn.loop.IoKind;

import java.time.Duration;

/**
 * How a {@link Posthorn} is made.
 *
 * @param io how its event loops wait for sockets
 * @param loops how many event loops it has
 * @param http limits, trust in proxies, and TLS
 * @param closeDeadline how long {@link Posthorn#close} waits for what still runs
 */
public record PosthornOptions(IoKind io, int loops, HttpOptions http, Duration closeDeadline) {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where the number of loops is not positive or the deadline negative
     */
    public PosthornOptions {
        if (loops < 1) {
            throw new IllegalArgumentException("The number of event loops must be at least 1, not " + loops + ".");
        }
        if (closeDeadline.isNegative()) {
            throw new IllegalArgumentException("The deadline for closing must not be negative.");
        }
    }

    /** The best event loops of this machine, one per processor; HTTP's defaults; 5 seconds to close. */
    public static PosthornOptions defaults() {
        return new PosthornOptions(
                IoKind.best(), Runtime.getRuntime().availableProcessors(), HttpOptions.defaults(), CLOSE_DEADLINE);
    }

    /** These options with another kind of event loops. */
    public PosthornOptions withIo(IoKind other) {
        return new PosthornOptions(other, loops, http, closeDeadline);
    }

    /** These options with another number of event loops. */
    public PosthornOptions withLoops(int other) {
        return new PosthornOptions(io, other, http, closeDeadline);
    }

    /** These options with other limits. */
    public PosthornOptions withLimits(HttpLimits other) {
        return new PosthornOptions(io, loops, http.withLimits(other), closeDeadline);
    }

    /** These options with TLS. */
    public PosthornOptions withTls(Tls other) {
        return new PosthornOptions(io, loops, http.withTls(other), closeDeadline);
    }

    /** These options with {@code X-Forwarded-*} headers believed or not. */
    public PosthornOptions withForwarded(ForwardedHeaders other) {
        return new PosthornOptions(io, loops, http.withForwarded(other), closeDeadline);
    }

    /** These options with another deadline for closing. */
    public PosthornOptions withCloseDeadline(Duration other) {
        return new PosthornOptions(io, loops, http, other);
    }
}
