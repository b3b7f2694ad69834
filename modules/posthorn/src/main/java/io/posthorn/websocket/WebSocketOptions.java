package io.posthorn.websocket;

import io.posthorn.http.OriginPolicy;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How one path serves WebSockets. Immutable; the {@code with} methods give a changed copy. */
public final class WebSocketOptions {
    private static final WebSocketOptions DEFAULTS = new WebSocketOptions(
            WebSocketLimits.defaults(),
            null,
            List.of(),
            OriginPolicy.sameOrigin(),
            new Manner(HandlerThread.LOOP, true));

    private final WebSocketLimits limits;
    private final @Nullable Deflate deflate;
    private final List<String> subprotocols;
    private final OriginPolicy origins;
    private final Manner manner;

    private WebSocketOptions(
            WebSocketLimits limits,
            @Nullable Deflate deflate,
            List<String> subprotocols,
            OriginPolicy origins,
            Manner manner) {
        this.limits = limits;
        this.deflate = deflate;
        this.subprotocols = subprotocols;
        this.origins = origins;
        this.manner = manner;
    }

    /** {@link WebSocketLimits#defaults()}, no compression, no subprotocols, same origin, handlers on the loop. */
    public static WebSocketOptions defaults() {
        return DEFAULTS;
    }

    /** With other limits. */
    public WebSocketOptions withLimits(WebSocketLimits newLimits) {
        return new WebSocketOptions(newLimits, deflate, subprotocols, origins, manner);
    }

    /** With compression for the clients that offer it. */
    public WebSocketOptions withDeflate(Deflate newDeflate) {
        return new WebSocketOptions(limits, newDeflate, subprotocols, origins, manner);
    }

    /**
     * With subprotocols (RFC 6455 1.9). The first of the client's that is among them is chosen; where none is, or the
     * client names none, the connection has none.
     *
     * @throws IllegalArgumentException where a name is not a token
     */
    public WebSocketOptions withSubprotocols(String... names) {
        for (String name : names) {
            if (name.isEmpty() || !name.chars().allMatch(c -> ExtensionHeader.isTokenCharacter((char) c))) {
                throw new IllegalArgumentException("A subprotocol's name is a token, not \"" + name + "\"");
            }
        }
        return new WebSocketOptions(limits, deflate, List.copyOf(Arrays.asList(names)), origins, manner);
    }

    /** With other pages that may connect from a browser. */
    public WebSocketOptions withOrigins(OriginPolicy newOrigins) {
        return new WebSocketOptions(limits, deflate, subprotocols, newOrigins, manner);
    }

    /**
     * With handlers that may block: they run in order, on a virtual thread where the JVM has them and on a bounded pool
     * elsewhere. A connection whose events pile up is not read from until they are handled.
     */
    public WebSocketOptions withBlockingHandlers() {
        return new WebSocketOptions(
                limits, deflate, subprotocols, origins, new Manner(HandlerThread.BLOCKING, manner.tellsCloseReasons));
    }

    /** With close frames that hold a code and no words, whatever the reason: for protocols whose clients expect none. */
    public WebSocketOptions withoutCloseReasons() {
        return new WebSocketOptions(limits, deflate, subprotocols, origins, new Manner(manner.handlerThread, false));
    }

    /** What a connection may cost. */
    public WebSocketLimits limits() {
        return limits;
    }

    /** How compression is offered, if at all. */
    public Optional<Deflate> deflate() {
        return Optional.ofNullable(deflate);
    }

    /** The subprotocols that are spoken. */
    public List<String> subprotocols() {
        return subprotocols;
    }

    /** The pages that may connect. */
    public OriginPolicy origins() {
        return origins;
    }

    HandlerThread handlerThread() {
        return manner.handlerThread;
    }

    boolean tellsCloseReasons() {
        return manner.tellsCloseReasons;
    }

    /** What has only two ways. */
    private record Manner(HandlerThread handlerThread, boolean tellsCloseReasons) {}

    /** Where handlers run. */
    enum HandlerThread {
        /** On the connection's loop, which is the fastest: they must not block. */
        LOOP,
        /** On threads that may block, one event of a connection after the other. */
        BLOCKING
    }
}
