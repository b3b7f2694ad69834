package io.posthorn.http;

import org.jspecify.annotations.Nullable;

/**
 * How one port speaks HTTP.
 *
 * @param limits what a peer may ask
 * @param forwarded whether forwarded headers are believed
 * @param tls certificate and key, or null for plain HTTP
 */
public record HttpOptions(
        HttpLimits limits,
        ForwardedHeaders forwarded,
        @Nullable Tls tls) {
    private static final HttpOptions DEFAULTS =
            new HttpOptions(HttpLimits.defaults(), ForwardedHeaders.ignored(), null);

    /** The default limits, no proxy, no TLS. */
    public static HttpOptions defaults() {
        return DEFAULTS;
    }

    /** These options with other limits. */
    public HttpOptions withLimits(HttpLimits other) {
        return new HttpOptions(other, forwarded, tls);
    }

    /** These options with forwarded headers believed or not. */
    public HttpOptions withForwarded(ForwardedHeaders other) {
        return new HttpOptions(limits, other, tls);
    }

    /** These options with TLS. */
    public HttpOptions withTls(Tls other) {
        return new HttpOptions(limits, forwarded, other);
    }
}
