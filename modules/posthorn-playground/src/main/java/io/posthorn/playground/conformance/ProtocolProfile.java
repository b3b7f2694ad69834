package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.engineio.EngineOptions;
import io.posthorn.engineio.EngineSocket;
import io.posthorn.feed.FeedLimits;
import io.posthorn.feed.FeedOptions;
import io.posthorn.feed.PublishAuthorizer;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.OriginPolicy;
import io.posthorn.socketio.Socket;
import io.posthorn.socketio.SocketIo;
import io.posthorn.socketio.SocketIoOptions;
import io.posthorn.websocket.Deflate;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketLimits;
import io.posthorn.websocket.WebSocketOptions;

import java.time.Duration;
import java.util.List;

/** The server for protocol suites: everything answers with what it got, within as few limits as can be. */
final class ProtocolProfile {
    private static final String INDEX = """
            /echo              WebSocket (RFC 6455): sends each message back, text as text, binary as binary,
                               up to 64 MiB; permessage-deflate (RFC 7692) for the clients that offer it
            /echo?deflate=off  the same without permessage-deflate
            /feed              a feed over five transports: GET reads it, POST publishes to it, for anyone
            /engine.io/        Engine.IO 4: sends each message back; pings after 300 ms, to be answered in 200 ms
            /socket.io/        Socket.IO 5 with the namespaces / and /custom, and the same pings; emits auth with what
                               the client gave; message -> message-back, message-with-ack -> acknowledged, with the same
                               arguments
            /metrics           what was counted, in Prometheus' text format
            """;

    private static final int MAX_MESSAGE = 64 << 20;
    // A reader may be slow; what it has not read yet waits here.
    private static final long MAX_OUTBOUND = 1L << 30;
    private static final WebSocketOptions PLAIN = WebSocketOptions.defaults()
            .withOrigins(OriginPolicy.any())
            .withLimits(WebSocketLimits.defaults()
                    .withMaxMessage(MAX_MESSAGE)
                    .withFragments(Integer.MAX_VALUE, 0)
                    .withMaxOutbound(MAX_OUTBOUND)
                    .withIdleTimeout(Duration.ofHours(1)));
    private static final WebSocketOptions DEFLATED =
            PLAIN.withDeflate(Deflate.defaults().withThreshold(0));

    private static final FeedOptions FEED = FeedOptions.defaults()
            .withOrigins(OriginPolicy.any())
            .withPublishing(PublishAuthorizer.anyone())
            .withLimits(FeedLimits.defaults().withMaxMessage(1 << 20).withBuffer(1000, 16 << 20));

    private static final EngineOptions ENGINE =
            Unlimited.engine().withPings(Duration.ofMillis(300), Duration.ofMillis(200));

    private ProtocolProfile() {}

    /** A server that does not listen yet. */
    static Posthorn create(PosthornOptions options) {
        Posthorn posthorn = Unlimited.server(options, INDEX);
        HttpHandler plain = posthorn.webSocketHandler(PLAIN, ProtocolProfile::echo);
        HttpHandler deflated = posthorn.webSocketHandler(DEFLATED, ProtocolProfile::echo);
        posthorn.route("/echo", OriginPolicy.any(), exchange -> {
            boolean isOff =
                    exchange.queryParameter("deflate").filter("off"::equals).isPresent();
            (isOff ? plain : deflated).handle(exchange);
        });
        posthorn.feed("/feed", FEED);
        posthorn.engineIo("/engine.io/", ENGINE, ProtocolProfile::echo);
        SocketIoOptions oneSecond =
                SocketIoOptions.defaults().withEngine(ENGINE).withConnectTimeout(Duration.ofSeconds(1));
        SocketIo io = posthorn.socketIo("/socket.io/", oneSecond);
        for (String name : List.of("/", "/custom")) {
            io.of(name).onConnection(ProtocolProfile::echo);
        }
        posthorn.metrics("/metrics");
        return posthorn;
    }

    private static void echo(WebSocket webSocket) {
        webSocket.onText(webSocket::send);
        webSocket.onBinary(webSocket::send);
    }

    private static void echo(EngineSocket socket) {
        socket.onText(socket::send);
        socket.onBinary(socket::send);
    }

    private static void echo(Socket socket) {
        socket.emit("auth", socket.handshake().auth());
        socket.on("message", event -> socket.emit("message-back", event.args()));
        socket.on("message-with-ack", event -> event.ack(event.args()));
    }
}
