package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.engineio.EngineLimits;
import io.posthorn.engineio.EngineOptions;
import io.posthorn.feed.FeedOptions;
import io.posthorn.feed.PublishAuthorizer;
import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpResponse;
import io.posthorn.socketio.Socket;
import io.posthorn.socketio.SocketIo;
import io.posthorn.socketio.SocketIoOptions;
import io.posthorn.websocket.WebSocketGroup;

/** What load generators drive: the library's defaults, but for the number of connections. */
final class BenchProfile {
    private static final String INDEX = """
            /echo        WebSocket: sends each message back
            /fanout      WebSocket: sends each text to all connections, the sender's too
            /feed        a feed over five transports: GET reads it, POST publishes to it, for anyone
            /socket.io/  Socket.IO 5: echo text -> echo; publish text -> message, to all; join room;
                         publish-to room, text -> message, to the room; ack args -> acknowledged with them
            /metrics     what was counted, in Prometheus' text format
            """;

    private static final int MAX_CONNECTIONS = 25_000;
    private static final EngineOptions ENGINE = EngineOptions.defaults()
            .withLimits(EngineLimits.defaults().withMaxSessions(MAX_CONNECTIONS, MAX_CONNECTIONS));

    private BenchProfile() {}

    /** A server that does not listen yet. */
    static Posthorn create(PosthornOptions options) {
        HttpLimits limits = HttpLimits.defaults().withMaxConnections(MAX_CONNECTIONS, MAX_CONNECTIONS);
        Posthorn posthorn = Posthorn.create(options.withLimits(limits));
        posthorn.route("GET /", exchange -> exchange.respond(HttpResponse.text(200, INDEX)));
        posthorn.webSocket("/echo", webSocket -> {
            webSocket.onText(webSocket::send);
            webSocket.onBinary(webSocket::send);
        });
        WebSocketGroup everybody = new WebSocketGroup();
        posthorn.webSocket("/fanout", webSocket -> {
            everybody.add(webSocket);
            webSocket.onText(everybody::send);
        });
        posthorn.feed("/feed", FeedOptions.defaults().withPublishing(PublishAuthorizer.anyone()));
        SocketIo io =
                posthorn.socketIo("/socket.io/", SocketIoOptions.defaults().withEngine(ENGINE));
        io.onConnection(socket -> connected(io, socket));
        posthorn.metrics("/metrics");
        return posthorn;
    }

    private static void connected(SocketIo io, Socket socket) {
        socket.on("echo", String.class, text -> socket.emit("echo", text));
        socket.on("publish", String.class, text -> io.emit("message", text));
        socket.on("join", String.class, room -> socket.join(room));
        socket.on("publish-to", event -> io.to(event.text(0)).emit("message", event.text(1)));
        socket.on("ack", event -> event.ack(event.args()));
    }
}
