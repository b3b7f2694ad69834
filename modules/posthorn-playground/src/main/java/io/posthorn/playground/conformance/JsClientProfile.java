package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.engineio.Admission;
import io.posthorn.http.HttpRequest;
import io.posthorn.socketio.Arguments;
import io.posthorn.socketio.Event;
import io.posthorn.socketio.Middleware;
import io.posthorn.socketio.Socket;
import io.posthorn.socketio.SocketIo;
import io.posthorn.socketio.SocketIoOptions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What the official JavaScript client expects of the server that its tests run against. */
final class JsClientProfile {
    private static final String INDEX = """
            /socket.io/      Socket.IO 5; each client waits 10 ms to be let in, and is pinged every 2 s
              /              hi, echo, ack, getId, getHandshake, getDate, getDateObj, getAckDate, getUtf8, false; doge,
                             getbin, buffa, jsonbuff, abuff1, abuff2, blob, jsonblob, blob1, blob2, blob3
              / with ?fail   refused, as is /no
              /foo           getId
              /abc           emits handshake
              /timeout_socket, /valid, /asd  do nothing
            """;

    private static final List<String> TEXTS =
            List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string");
    private static final byte[] DOGE = "asdfasdf".getBytes(StandardCharsets.UTF_8);

    private JsClientProfile() {}

    /** A server that does not listen yet. */
    static Posthorn create(PosthornOptions options) {
        Posthorn posthorn = Unlimited.server(options, INDEX);
        SocketIo io = posthorn.socketIo(
                "/socket.io/",
                SocketIoOptions.defaults()
                        .withEngine(Unlimited.engine()
                                .withPings(Duration.ofSeconds(2), Duration.ofSeconds(20))
                                .withAllowRequest(JsClientProfile::takeSomeTime)));
        List.of("/timeout_socket", "/valid", "/asd").forEach(io::of);
        io.of("/foo").onConnection(socket -> socket.on("getId", event -> event.ack(socket.id())));
        io.of("/abc")
                .onConnection(
                        socket -> socket.emit("handshake", socket.handshake().toMap()));
        io.of("/no").use((socket, next) -> next.refuse("Auth failed (custom namespace)"));
        io.use(refuseWhoAsksForIt());
        io.onConnection(JsClientProfile::connected);
        return posthorn;
    }

    private static Admission takeSomeTime(HttpRequest handshake) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(10);
        return Admission.allowed();
    }

    private static Middleware refuseWhoAsksForIt() {
        return (socket, next) -> {
            if (socket.handshake().query().containsKey("fail")) {
                next.refuse("Auth failed (main namespace)");
            } else {
                next.proceed();
            }
        };
    }

    private static void connected(Socket socket) {
        replies(socket);
        dates(socket);
        binary(socket);
        binaryInOrder(socket);
    }

    private static void replies(Socket socket) {
        socket.on("hi", event -> socket.emit("hi"));
        socket.on("echo", event -> event.ack(event.args()));
        socket.on("getId", event -> event.ack(socket.id()));
        socket.on("getHandshake", event -> event.ack(socket.handshake().toMap()));
        socket.on("false", event -> socket.emit("false", false));
        socket.on("getUtf8", event -> TEXTS.forEach(text -> socket.emit("takeUtf8", text)));
        socket.on(
                "ack",
                event -> socket.emitWithAck("ack").thenAccept(answer -> {
                    if (answer.arg(0, Integer.class) == 5 && isTest(answer)) {
                        socket.emit("got it");
                    }
                }));
    }

    private static boolean isTest(Arguments answer) {
        return Boolean.TRUE.equals(answer.arg(1, Map.class).get("test"));
    }

    private static void dates(Socket socket) {
        socket.on("getDate", event -> socket.emit("takeDate", now()));
        socket.on("getDateObj", event -> socket.emit("takeDateObj", Map.of("date", now())));
        socket.on("getAckDate", event -> event.ack(now()));
    }

    /** A date as JavaScript writes it: with three digits behind the seconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void binary(Socket socket) {
        socket.on("doge", event -> socket.emit("doge", DOGE));
        socket.on("getbin", event -> socket.emit("takebin", DOGE));
        reply(socket, "buffa", "buffack", JsClientProfile::isBinary);
        reply(socket, "blob", "back", JsClientProfile::isBinary);
        reply(socket, "jsonbuff", "jsonbuff-ack", JsClientProfile::isMixed);
        reply(socket, "jsonblob", "jsonblob-ack", JsClientProfile::isMixed);
    }

    private static void reply(Socket socket, String name, String answer, Predicate<Event> isRight) {
        socket.on(name, event -> {
            if (isRight.test(event)) {
                socket.emit(answer, event.args());
            }
        });
    }

    private static boolean isBinary(Event event) {
        return event.arg(0, Object.class) instanceof byte[];
    }

    private static boolean isMixed(Event event) {
        Map<?, ?> message = event.arg(0, Map.class);
        return "lol".equals(message.get("hello"))
                && message.get("message") instanceof byte[]
                && "gotcha".equals(message.get("goodbye"));
    }

    private static void binaryInOrder(Socket socket) {
        // Handlers of one socket run in order and never two at once, so that a plain set will do.
        Set<String> seen = new HashSet<>();
        socket.on("abuff1", event -> {
            if (isBinary(event)) {
                seen.add("abuff1");
            }
        });
        socket.on("blob1", event -> {
            if (isBinary(event)) {
                seen.add("blob1");
            }
        });
        socket.on("blob2", event -> {
            if ("second".equals(event.arg(0, Object.class)) && seen.contains("blob1")) {
                seen.add("blob2");
            }
        });
        reply(socket, "abuff2", "abuff2-ack", event -> seen.contains("abuff1"));
        reply(socket, "blob3", "blob3-ack", event -> isBinary(event) && seen.contains("blob2"));
    }
}
