package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpRequest;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.OriginPolicy;
import io.posthorn.json.Utf8;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.UserThreads;
import io.posthorn.transport.TransportType;
import io.posthorn.websocket.Acceptance;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketAcceptor;
import io.posthorn.websocket.WebSocketLimits;
import io.posthorn.websocket.WebSocketOptions;
import io.posthorn.websocket.WebSockets;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Looks at each request, refuses what breaks a rule, and gives the others to their session, or to a new one. */
final class EngineRequests implements HttpHandler {
    private static final HttpResponse CLOSING =
            HttpResponse.text(503, "The server is shutting down.\n").header("Connection", "close");
    private static final HttpResponse TOO_LARGE = HttpResponse.of(413);

    private final EngineIo engine;
    private final EngineOptions options;
    private final WebSocketAcceptor webSockets;
    private final Handshakes handshakes;

    EngineRequests(EngineIo engine, UserThreads threads, WebSockets webSockets) {
        this.engine = engine;
        this.options = engine.options();
        this.webSockets = webSockets.acceptor(webSocketOptions(options));
        this.handshakes = new Handshakes(engine, threads);
    }

    @Override
    public void handle(HttpExchange exchange) {
        if (engine.registry().isClosing()) {
            exchange.respond(CLOSING);
        } else {
            MiddlewareChain.run(engine, exchange, () -> serve(exchange));
        }
    }

    @Override
    public Runnable announce(HttpRequest head) {
        String sid = head.queryParameter("sid").orElse("");
        Session session = head.method().equals("POST") ? engine.registry().find(sid) : null;
        if (session == null) {
            return () -> {};
        }
        session.loop().mailbox().execute(() -> session.posting(Polling::postBegins));
        return () -> session.loop().mailbox().execute(() -> session.posting(Polling::postComplete));
    }

    private void serve(HttpExchange exchange) {
        String name = exchange.queryParameter("transport").orElse("");
        TransportType type = transport(name);
        if (type == null) {
            engine.refuse(exchange, EngineError.UNKNOWN_TRANSPORT, Map.of("transport", name));
        } else if (!options.origins().allows(exchange)) {
            String origin = exchange.header("Origin").orElse("");
            engine.refuse(exchange, EngineError.FORBIDDEN, Map.of("name", "INVALID_ORIGIN", "origin", origin));
        } else {
            String sid = exchange.queryParameter("sid").orElse("");
            if (sid.isEmpty()) {
                handshake(exchange, type);
            } else {
                request(exchange, type, sid);
            }
        }
    }

    private @Nullable TransportType transport(String name) {
        TransportType type = switch (name) {
            case "polling" -> TransportType.LONG_POLLING;
            case "websocket" -> TransportType.WEB_SOCKET;
            default -> null;
        };
        return type != null && options.transports().contains(type) ? type : null;
    }

    private void handshake(HttpExchange exchange, TransportType type) {
        if (!exchange.method().equals("GET")) {
            // S7: nothing is kept for whoever sends anything else.
            engine.refuse(exchange, EngineError.BAD_HANDSHAKE_METHOD, Map.of("method", exchange.method()));
        } else if (type == TransportType.WEB_SOCKET && !isUpgrade(exchange.request())) {
            engine.refuse(exchange, EngineError.BAD_REQUEST, Map.of("name", "TRANSPORT_HANDSHAKE_ERROR"));
        } else {
            handshakes.begin(exchange, id -> open(exchange, type, id));
        }
    }

    @OnLoop
    private void open(HttpExchange exchange, TransportType type, String id) {
        if (type == TransportType.WEB_SOCKET) {
            Acceptance how = new Acceptance(exchange.loop(), engine.responses().headers(exchange.request(), true));
            webSockets.accept(exchange, how, webSocket -> open(webSocket, id));
            return;
        }
        Session session =
                new Session(engine, id, exchange.loop(), exchange.request().compact());
        if (engine.registry().isClosing()) {
            exchange.respond(CLOSING);
        } else if (engine.registry().add(session)) {
            session.open(exchange);
        } else {
            engine.refuse(exchange, EngineError.BAD_REQUEST, Map.of("name", "ID_GENERATION_ERROR"));
        }
    }

    @OnLoop
    private void open(WebSocket webSocket, String id) {
        Session session =
                new Session(engine, id, webSocket.loop(), webSocket.handshake().request());
        if (!engine.registry().isClosing() && engine.registry().add(session)) {
            session.open(webSocket);
        } else {
            webSocket.closeWithoutStatus();
        }
    }

    /** A request of somebody who knows the id of a session: goes to its home. */
    private void request(HttpExchange exchange, TransportType type, String sid) {
        Session session = engine.registry().find(sid);
        if (session == null) {
            engine.refuse(exchange, EngineError.UNKNOWN_SESSION, Map.of("sid", sid));
        } else if (type == TransportType.WEB_SOCKET) {
            upgrade(exchange, session);
        } else {
            poll(exchange, session);
        }
    }

    private void upgrade(HttpExchange exchange, Session session) {
        if (isUpgrade(exchange.request()) && options.allowUpgrades()) {
            Loop loop = exchange.loop();
            session.loop().mailbox().execute(() -> {
                session.arrivals().begin();
                loop.mailbox().execute(() -> accept(exchange, session));
            });
        } else {
            engine.refuse(exchange, EngineError.BAD_REQUEST, Map.of("name", "TRANSPORT_MISMATCH"));
        }
    }

    private void poll(HttpExchange exchange, Session session) {
        switch (exchange.method()) {
            case "GET" -> atHome(exchange, session, polling -> polling.poll(exchange, false));
            case "POST" -> post(exchange, session);
            default -> engine.refuse(exchange, EngineError.BAD_REQUEST, Map.of("method", exchange.method()));
        }
    }

    private void post(HttpExchange exchange, Session session) {
        if (exchange.body().length > options.limits().maxPayload()) {
            engine.counters().tooLarge.increment();
            exchange.respond(TOO_LARGE);
        } else if (isBinary(exchange)) {
            atHome(exchange, session, polling -> session.breakOff(exchange, "a binary payload"));
        } else if (!Utf8.isWellFormed(exchange.body())) {
            atHome(exchange, session, polling -> session.breakOff(exchange, "a payload that is not UTF-8"));
        } else {
            atHome(exchange, session, polling -> polling.post(exchange));
        }
    }

    private static void atHome(HttpExchange exchange, Session session, Consumer<Polling> taken) {
        session.loop().mailbox().execute(() -> session.request(exchange, taken));
    }

    private void accept(HttpExchange exchange, Session session) {
        Runnable settled =
                () -> session.loop().mailbox().execute(() -> session.arrivals().end());
        Acceptance how = new Acceptance(session.loop(), engine.responses().headers(exchange.request(), false), settled);
        webSockets.accept(exchange, how, session::upgrade);
    }

    /** Revision 3 has binary payloads, revision 4 has base64. */
    private static boolean isBinary(HttpExchange exchange) {
        String type = exchange.header("Content-Type").orElse("");
        return type.toLowerCase(Locale.ROOT).startsWith("application/octet-stream");
    }

    /** Whether a request wants a WebSocket. */
    static boolean isUpgrade(HttpRequest request) {
        return request.header("Upgrade").orElse("").toLowerCase(Locale.ROOT).contains("websocket");
    }

    private static WebSocketOptions webSocketOptions(EngineOptions options) {
        WebSocketLimits limits =
                WebSocketLimits.defaults().withMaxMessage(options.limits().maxPayload());
        // The origin was looked at before.
        WebSocketOptions webSocket = WebSocketOptions.defaults()
                .withLimits(limits)
                .withOrigins(OriginPolicy.any())
                .withoutCloseReasons();
        return options.deflate().map(webSocket::withDeflate).orElse(webSocket);
    }
}
