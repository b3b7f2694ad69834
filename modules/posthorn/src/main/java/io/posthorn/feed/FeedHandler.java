package io.posthorn.feed;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.OriginPolicy;
import io.posthorn.transport.Content;
import io.posthorn.transport.EventSourceFraming;
import io.posthorn.transport.Framing;
import io.posthorn.transport.IframeFraming;
import io.posthorn.transport.PollTransport;
import io.posthorn.transport.StreamTransport;
import io.posthorn.transport.Transport;
import io.posthorn.transport.TransportType;
import io.posthorn.transport.WebSocketTransport;
import io.posthorn.websocket.CloseCode;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketOptions;
import io.posthorn.websocket.WebSockets;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gives each reader of a feed the transport that its request asks for: decides between polls, streams and WebSocket. */
final class FeedHandler implements HttpHandler {
    static final String SUBPROTOCOL = "posthorn.feed";

    private static final String FULL = "There are as many feeds as there may be.";
    private static final String CLOSING = "The server is shutting down.";

    private final FeedRegistry registry;
    private final FeedOptions options;
    private final HttpHandler webSocketHandler;

    FeedHandler(FeedRegistry registry, WebSockets webSockets) {
        this.registry = registry;
        this.options = registry.options();
        WebSocketOptions webSocketOptions =
                WebSocketOptions.defaults().withOrigins(options.origins()).withSubprotocols(SUBPROTOCOL);
        this.webSocketHandler = webSockets.route(webSocketOptions, this::serveWebSocket);
    }

    @Override
    public void handle(HttpExchange exchange) throws Exception {
        try {
            if (!options.origins().allows(exchange)) {
                throw new FeedException(403, "This origin may not use this path.");
            }
            if (options.reading().isPresent() && !options.reading().get().mayRead(exchange)) {
                throw new FeedException(403, "Reading here is not for everyone.");
            }
            serve(exchange, FeedRequest.of(exchange.request()));
        } catch (FeedException refusal) {
            refuse(exchange, refusal);
        }
    }

    private void refuse(HttpExchange exchange, FeedException refusal) {
        registry.counters().refusedReaders.increment();
        exchange.respond(HttpResponse.text(refusal.status(), refusal.reason() + "\n"));
    }

    private void serve(HttpExchange exchange, FeedRequest request) {
        Framing framing = switch (request.transport()) {
            case EVENT_SOURCE -> eventSource(request);
            case IFRAME -> iframe(exchange, request);
            case SHORT_POLLING, LONG_POLLING, WEB_SOCKET -> null;
        };
        enter(exchange, request, framing);
    }

    private void enter(HttpExchange exchange, FeedRequest request, @Nullable Framing framing) {
        Optional<LiveFeed> entered = registry.enter(exchange.path());
        if (entered.isEmpty()) {
            refuse(exchange, new FeedException(503, registry.isClosed() ? CLOSING : FULL));
            return;
        }
        LiveFeed feed = entered.get();
        boolean polls = request.transport() == TransportType.SHORT_POLLING;
        feed.whenReady(exchange.loop(), polls, () -> {
            if (feed.hasEnded()) {
                feed.leave();
                enter(exchange, request, framing); // into the one that takes its place
            } else if (framing != null) {
                stream(exchange, request, feed, framing);
            } else if (request.transport() == TransportType.WEB_SOCKET) {
                upgrade(exchange, feed);
            } else {
                poll(exchange, request, feed);
            }
        });
    }

    private void poll(HttpExchange exchange, FeedRequest request, LiveFeed feed) {
        FeedReader reader = new FeedReader(feed, exchange.loop(), new FeedReader.Options(false, true, true));
        PollAnswers answers = new PollAnswers(request, options.limits(), reader::position);
        PollTransport transport = new PollTransport(request.transport(), exchange, answers, reader);
        if (request.resumes()) {
            reader.resume(transport, request.from());
        } else if (request.transport() == TransportType.LONG_POLLING) {
            reader.begin(transport);
        } else {
            reader.take(transport);
        }
        transport.await(PollAnswers.wait(request, options.limits()));
    }

    private void stream(HttpExchange exchange, FeedRequest request, LiveFeed feed, Framing framing) {
        boolean tells = framing.tellsPosition();
        FeedReader reader = new FeedReader(feed, exchange.loop(), new FeedReader.Options(tells, tells, true));
        boolean isFrame = framing.type() == TransportType.IFRAME;
        StreamTransport.Options limits = new StreamTransport.Options(
                options.limits().keepAlive(), isFrame ? options.limits().streamBytes() : Long.MAX_VALUE);
        start(reader, request, new StreamTransport(exchange, head(framing), framing, limits, reader));
    }

    private void upgrade(HttpExchange exchange, LiveFeed feed) {
        feed.leave(); // to be entered again by whoever comes out of the handshake
        try {
            webSocketHandler.handle(exchange);
        } catch (Exception failure) {
            throw new IllegalStateException("a handshake throws nothing", failure);
        }
    }

    private void serveWebSocket(WebSocket webSocket) {
        FeedRequest request = FeedRequest.of(webSocket.handshake().request());
        Optional<LiveFeed> feed = registry.enter(request.http().path());
        if (feed.isEmpty()) {
            webSocket.close(CloseCode.TRY_AGAIN_LATER, "there are as many feeds as there may be");
            return;
        }
        boolean tells =
                request.envelope() || webSocket.handshake().subprotocol().isPresent();
        Content content = tells ? Envelope.CONTENT : Content.PLAIN;
        FeedReader reader = new FeedReader(feed.get(), webSocket.loop(), new FeedReader.Options(tells, tells, tells));
        start(reader, request, new WebSocketTransport(webSocket, content, reader));
    }

    private static void start(FeedReader reader, FeedRequest request, Transport transport) {
        if (request.resumes()) {
            reader.resume(transport, request.from());
        } else {
            reader.begin(transport);
        }
    }

    private Framing eventSource(FeedRequest request) {
        return EventSourceFraming.of(
                content(request), request.defaultEvent(), options.limits().retry());
    }

    private Framing iframe(HttpExchange exchange, FeedRequest request) {
        // A page of the server itself is called, whatever it says: it needs no message.
        String target = request.origin()
                .filter(origin -> !OriginPolicy.isSameOrigin(exchange, origin))
                .map(this::messageTarget)
                .or(() -> options.origins().messageTarget(""))
                .orElse(null);
        IframeFraming.Options frame = new IframeFraming.Options(
                exchange.path(),
                request.callback().orElse(options.callback()),
                target,
                options.origins().frameAncestors(),
                request.reloadQuery());
        return IframeFraming.of(content(request), frame);
    }

    private String messageTarget(String origin) {
        return options.origins()
                .messageTarget(origin)
                .orElseThrow(() -> new FeedException(403, "The origin that the address names may not use this path."));
    }

    private static Content content(FeedRequest request) {
        return request.envelope() ? Envelope.CONTENT : Content.PLAIN;
    }

    private static HttpResponse head(Framing framing) {
        HttpResponse head = HttpResponse.of(200)
                .header("Vary", PollAnswers.VARY)
                .header("Access-Control-Expose-Headers", PollAnswers.EXPOSED);
        for (Map.Entry<String, String> header : new TreeMap<>(framing.headers()).entrySet()) {
            head = head.header(header.getKey(), header.getValue());
        }
        return head;
    }
}
