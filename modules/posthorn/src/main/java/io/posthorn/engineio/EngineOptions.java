package io.posthorn.engineio;

import io.posthorn.http.OriginPolicy;
import io.posthorn.transport.TransportType;
import io.posthorn.websocket.Deflate;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How Engine.IO is served, with the defaults of its reference. Immutable; the {@code with} methods give a changed copy. */
public final class EngineOptions {
    private static final Set<TransportType> KNOWN =
            Collections.unmodifiableSet(EnumSet.of(TransportType.LONG_POLLING, TransportType.WEB_SOCKET));
    private static final EngineOptions DEFAULTS = new EngineOptions(
            EngineTimings.defaults(),
            EngineLimits.defaults(),
            new Access(OriginPolicy.sameOrigin(), null, List.of(), new RandomSessionIds()),
            new Ways(KNOWN, true, null, true),
            new Headers(List.of(), List.of()));

    private final EngineTimings timings;
    private final EngineLimits limits;
    private final Access access;
    private final Ways ways;
    private final Headers headers;

    /** Who gets in, and under which id. */
    private record Access(
            OriginPolicy origins,
            @Nullable AllowRequest allowRequest,
            List<EngineMiddleware> middlewares,
            SessionIds ids) {}

    /** How clients come. */
    private record Ways(
            Set<TransportType> transports,
            boolean allowUpgrades,
            @Nullable Deflate deflate,
            boolean addTrailingSlash) {}

    /** What is added to answers. */
    private record Headers(List<ResponseHeaders> initial, List<ResponseHeaders> every) {}

    private EngineOptions(EngineTimings timings, EngineLimits limits, Access access, Ways ways, Headers headers) {
        this.timings = timings;
        this.limits = limits;
        this.access = access;
        this.ways = ways;
        this.headers = headers;
    }

    /**
     * {@link EngineTimings#defaults()} and {@link EngineLimits#defaults()}; polling, WebSocket and upgrades, uncompressed;
     * for pages of the same origin; random ids.
     */
    public static EngineOptions defaults() {
        return DEFAULTS;
    }

    /** With other times. */
    public EngineOptions withTimings(EngineTimings other) {
        return new EngineOptions(other, limits, access, ways, headers);
    }

    /** With other limits. */
    public EngineOptions withLimits(EngineLimits other) {
        return new EngineOptions(timings, other, access, ways, headers);
    }

    /** With other pings: how long after a pong, and how long they may go unanswered. */
    public EngineOptions withPings(Duration interval, Duration timeout) {
        return withTimings(timings.withPings(interval, timeout));
    }

    /** With another size of what clients send, in bytes; no more than the server's limit for a request's body. */
    public EngineOptions withMaxPayload(int bytes) {
        return withLimits(limits.withMaxPayload(bytes));
    }

    /** With other pages that may connect: by CORS, and by the {@code Origin} of a WebSocket too. */
    public EngineOptions withOrigins(OriginPolicy origins) {
        return with(new Access(origins, access.allowRequest, access.middlewares, access.ids));
    }

    /** For those clients only that are let in. */
    public EngineOptions withAllowRequest(AllowRequest allowRequest) {
        return with(new Access(access.origins, allowRequest, access.middlewares, access.ids));
    }

    /** With one more that sees each request, behind those that do already. */
    public EngineOptions withMiddleware(EngineMiddleware middleware) {
        return with(new Access(access.origins, access.allowRequest, plus(access.middlewares, middleware), access.ids));
    }

    /** With ids of the application's making. */
    public EngineOptions withIds(SessionIds ids) {
        return with(new Access(access.origins, access.allowRequest, access.middlewares, ids));
    }

    /**
     * With these transports only.
     *
     * @param transports {@link TransportType#LONG_POLLING} and {@link TransportType#WEB_SOCKET}, at least one of them
     * @throws IllegalArgumentException where there is none, or another one
     */
    public EngineOptions withTransports(TransportType... transports) {
        Set<TransportType> some = Set.of(transports);
        if (some.isEmpty() || !KNOWN.containsAll(some)) {
            throw new IllegalArgumentException("Engine.IO has the transports " + KNOWN + ", and needs one");
        }
        return with(new Ways(some, ways.allowUpgrades, ways.deflate, ways.addTrailingSlash));
    }

    /** With or without upgrades from polling to WebSocket. */
    public EngineOptions withAllowUpgrades(boolean allowed) {
        return with(new Ways(ways.transports, allowed, ways.deflate, ways.addTrailingSlash));
    }

    /** With WebSockets that are compressed where the client offers it; null is never, the default. */
    public EngineOptions withDeflate(@Nullable Deflate deflate) {
        return with(new Ways(ways.transports, ways.allowUpgrades, deflate, ways.addTrailingSlash));
    }

    /** Where false, the path is served without its slash at the end, too. */
    public EngineOptions withAddTrailingSlash(boolean slash) {
        return with(new Ways(ways.transports, ways.allowUpgrades, ways.deflate, slash));
    }

    /** With headers in the answer that opens a session: the first of a poll, or the 101 of a WebSocket. */
    public EngineOptions withInitialHeaders(ResponseHeaders added) {
        return new EngineOptions(
                timings, limits, access, ways, new Headers(plus(headers.initial, added), headers.every));
    }

    /** With headers in the answers to all polls, POSTs and WebSocket handshakes that are not refused. */
    public EngineOptions withHeaders(ResponseHeaders added) {
        return new EngineOptions(
                timings, limits, access, ways, new Headers(headers.initial, plus(headers.every, added)));
    }

    /** The times that sessions keep. */
    public EngineTimings timings() {
        return timings;
    }

    /** What clients may cost. */
    public EngineLimits limits() {
        return limits;
    }

    /** The pages that may connect. */
    public OriginPolicy origins() {
        return access.origins;
    }

    /** Who is let in; everybody where there is none. */
    public Optional<AllowRequest> allowRequest() {
        return Optional.ofNullable(access.allowRequest);
    }

    /** What sees each request, in order. */
    public List<EngineMiddleware> middlewares() {
        return access.middlewares;
    }

    /** What makes ids. */
    public SessionIds ids() {
        return access.ids;
    }

    /** How clients may come. */
    public Set<TransportType> transports() {
        return ways.transports;
    }

    /** Whether a session may go from polling to WebSocket. */
    public boolean allowUpgrades() {
        return ways.allowUpgrades && ways.transports.size() == KNOWN.size();
    }

    /** How WebSockets are compressed. */
    public Optional<Deflate> deflate() {
        return Optional.ofNullable(ways.deflate);
    }

    /** Whether the path is served with its slash at the end only. */
    public boolean addTrailingSlash() {
        return ways.addTrailingSlash;
    }

    /** What is added to the answer that opens a session. */
    public List<ResponseHeaders> initialHeaders() {
        return headers.initial;
    }

    /** What is added to all answers. */
    public List<ResponseHeaders> headers() {
        return headers.every;
    }

    private EngineOptions with(Access other) {
        return new EngineOptions(timings, limits, other, ways, headers);
    }

    private EngineOptions with(Ways other) {
        return new EngineOptions(timings, limits, access, other, headers);
    }

    private static <T> List<T> plus(List<T> some, T other) {
        List<T> more = new ArrayList<>(some);
        more.add(other);
        return List.copyOf(more);
    }
}
