package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.http.HttpRequest;
import io.posthorn.socketio.Socket;
import io.posthorn.socketio.SocketIo;
import io.posthorn.socketio.SocketIoOptions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What the official Java client expects of the two servers that its tests run against. */
final class JavaClientProfile {
    private static final String INDEX = """
            /socket.io/      Socket.IO 5; pings every 2 s; the header X-SocketIO of a request is that of its answer too
              %s
                             says message "hello client"; message, echo, ack, callAck, callAckBinary, getAckBinary,
                             getAckDate, getHandshake, broadcast, room, requestDisconnect
            """;
    private static final String MORE = """
              /abc           emits handshake
              /no            refused, with data
              /timeout_socket, /valid, /asd  do nothing
            """;

    private static final String ECHOED_HEADER = "X-SocketIO";
    private static final byte[] HUEHUE = "huehue".getBytes(StandardCharsets.UTF_8);

    private JavaClientProfile() {}

    /** The first server, which does not listen yet: the namespace {@code /} and some below it. */
    static Posthorn create(PosthornOptions options) {
        Posthorn posthorn = Unlimited.server(options, INDEX.formatted("/") + MORE);
        SocketIo io = socketIo(posthorn);
        io.onConnection(JavaClientProfile::connected);
        List.of("/timeout_socket", "/valid", "/asd").forEach(io::of);
        io.of("/abc")
                .onConnection(
                        socket -> socket.emit("handshake", socket.handshake().toMap()));
        io.of("/no").use((socket, next) -> next.refuse("auth failed", Map.of("a", "b", "c", 3)));
        return posthorn;
    }

    /** The second server, which does not listen yet: the namespace {@code /foo}. */
    static Posthorn createFoo(PosthornOptions options) {
        Posthorn posthorn = Unlimited.server(options, INDEX.formatted("/foo"));
        SocketIo io = socketIo(posthorn);
        io.of("/foo").onConnection(JavaClientProfile::connected);
        return posthorn;
    }

    private static SocketIo socketIo(Posthorn posthorn) {
        return posthorn.socketIo(
                "/socket.io/",
                SocketIoOptions.defaults()
                        .withEngine(Unlimited.engine()
                                .withPings(Duration.ofSeconds(2), Duration.ofSeconds(20))
                                .withHeaders(JavaClientProfile::echoed)));
    }

    private static List<Map.Entry<String, String>> echoed(HttpRequest request) {
        return request.headers(ECHOED_HEADER).stream()
                .map(value -> Map.entry(ECHOED_HEADER, value))
                .toList();
    }

    private static void connected(Socket socket) {
        socket.send("hello client");
        socket.on("message", event -> socket.send(event.args()));
        socket.on("echo", event -> socket.emit("echoBack", event.args()));
        socket.on("broadcast", event -> socket.broadcast().emit("broadcastBack", event.args()));
        socket.on("room", event -> socket.namespace().to(socket.id()).emit("roomBack", event.args()));
        socket.on("requestDisconnect", event -> socket.disconnect());
        acknowledgements(socket);
    }

    private static void acknowledgements(Socket socket) {
        socket.on("ack", event -> event.ack(event.args()));
        socket.on("getAckDate", event -> event.ack(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        socket.on("getAckBinary", event -> event.ack(HUEHUE));
        socket.on("getHandshake", event -> event.ack(socket.handshake().toMap()));
        for (String name : List.of("callAck", "callAckBinary")) {
            socket.on(
                    name,
                    event -> socket.emitWithAck("ack").thenAccept(answer -> socket.emit("ackBack", answer.args())));
        }
    }
}
