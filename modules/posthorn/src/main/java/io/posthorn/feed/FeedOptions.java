package io.posthorn.feed;

import io.posthorn.http.OriginPolicy;
import io.posthorn.transport.IframeFraming;
import io.posthorn.transport.Overflow;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** How a feed is served. Immutable; the {@code with} methods give a changed copy. */
public final class FeedOptions {
    private static final FeedOptions DEFAULTS = new FeedOptions(
            FeedLimits.defaults(),
            Overflow.DROP_OLDEST,
            new Access(OriginPolicy.sameOrigin(), null, null),
            "onMessage");

    private final FeedLimits limits;
    private final Overflow overflow;
    private final Access access;
    private final String callback;

    /** Who may do what; null is everyone to read, and nobody to publish. */
    private record Access(
            OriginPolicy origins,
            @Nullable ReadAuthorizer reading,
            @Nullable PublishAuthorizer publishing) {}

    private FeedOptions(FeedLimits limits, Overflow overflow, Access access, String callback) {
        this.limits = limits;
        this.overflow = overflow;
        this.access = access;
        this.callback = callback;
    }

    /**
     * {@link FeedLimits#defaults()}; for slow readers the oldest messages are dropped; for pages of the same origin; nobody
     * publishes over HTTP; an iframe calls {@code onMessage}.
     */
    public static FeedOptions defaults() {
        return DEFAULTS;
    }

    /** With other limits. */
    public FeedOptions withLimits(FeedLimits other) {
        return new FeedOptions(other, overflow, access, callback);
    }

    /** With another policy for readers that are too slow. */
    public FeedOptions withOverflow(Overflow other) {
        return new FeedOptions(limits, other, access, callback);
    }

    /** With other pages that may read, and publish where that is allowed. */
    public FeedOptions withOrigins(OriginPolicy other) {
        return new FeedOptions(limits, overflow, new Access(other, access.reading, access.publishing), callback);
    }

    /** For those readers only whom an authorizer lets. */
    public FeedOptions withReading(ReadAuthorizer authorizer) {
        return new FeedOptions(limits, overflow, new Access(access.origins, authorizer, access.publishing), callback);
    }

    /** With {@code POST} on the feed's path, for whom an authorizer lets. */
    public FeedOptions withPublishing(PublishAuthorizer authorizer) {
        return new FeedOptions(limits, overflow, new Access(access.origins, access.reading, authorizer), callback);
    }

    /**
     * With another function that an iframe calls where its address names none.
     *
     * @param name a dotted identifier, such as {@code setTime} or {@code app.clock.setTime}
     * @throws IllegalArgumentException where it is none
     */
    public FeedOptions withCallback(String name) {
        if (!IframeFraming.isCallback(name)) {
            throw new IllegalArgumentException("A callback is a dotted identifier, not \"" + name + "\"");
        }
        return new FeedOptions(limits, overflow, access, name);
    }

    /** What the feed and its readers may cost. */
    public FeedLimits limits() {
        return limits;
    }

    /** What happens to readers that are too slow. */
    public Overflow overflow() {
        return overflow;
    }

    /** The pages that may read. */
    public OriginPolicy origins() {
        return access.origins;
    }

    /** Who may read, of those whose pages may; all of them where there is none. */
    public Optional<ReadAuthorizer> reading() {
        return Optional.ofNullable(access.reading);
    }

    /** Who may publish over HTTP; nobody where there is none. */
    public Optional<PublishAuthorizer> publishing() {
        return Optional.ofNullable(access.publishing);
    }

    /** What an iframe calls where its address names nothing else. */
    public String callback() {
        return callback;
    }
}
