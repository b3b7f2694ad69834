package io.posthorn.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.posthorn.bench.Protocol.EVENTSOURCE;
import static io.posthorn.bench.Protocol.LONGPOLL;
import static io.posthorn.bench.Protocol.SOCKETIO;
import static io.posthorn.bench.Protocol.WEBSOCKET;

/** Who takes part. How the peers are built and started, and as what, says {@code peers/README.md}. */
final class Servers {
    static final String POSTHORN = "posthorn";
    static final String POSTHORN_NIO = "posthorn-nio";
    static final String POSTHORN_IO_URING = "posthorn-io_uring";
    static final String POSTHORN_25 = "posthorn-25";
    static final String POSTHORN_25_COMPACT = "posthorn-25-compact";
    static final String NETTY = "netty";
    static final String NETTY_ONCE = "netty-once";
    static final String NETTY_IO_URING = "netty-io_uring";
    static final String NETTY_25 = "netty-25";
    static final String NETTY_SOCKETIO = "netty-socketio";
    static final String SOCKET_IO = "socket.io";
    static final String WS = "ws";
    static final String BUN = "bun";
    static final String NCHAN = "nchan";

    private static final String PEERS = "{root}/modules/posthorn-bench/peers/";

    static final List<Server> ALL = all();

    private Servers() {}

    static Optional<Server> named(String name) {
        return ALL.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    private static List<Server> all() {
        Server posthorn = posthorn(POSTHORN, "Posthorn", "epoll");
        Server netty = netty(NETTY, "Netty", "plain", "epoll");
        return List.of(
                posthorn,
                posthorn(POSTHORN_NIO, "Posthorn, NIO", "nio"),
                posthorn(POSTHORN_IO_URING, "Posthorn, io_uring", "io_uring"),
                posthorn.on(Platform.JDK_25, POSTHORN_25, "Posthorn, JDK 25"),
                posthorn.on(
                        Platform.JDK_25,
                        POSTHORN_25_COMPACT,
                        "Posthorn, JDK 25, compact headers",
                        "-XX:+UseCompactObjectHeaders"),
                netty,
                netty(NETTY_ONCE, "Netty, encodes once", "once", "epoll"),
                netty(NETTY_IO_URING, "Netty, io_uring", "plain", "io_uring"),
                netty.on(Platform.JDK_25, NETTY_25, "Netty, JDK 25"),
                nettySocketIo(),
                node(SOCKET_IO, "socket.io on Node.js", "socketio.mjs", SOCKETIO),
                node(WS, "ws on Node.js", "ws.mjs", WEBSOCKET),
                bun(),
                nchan());
    }

    private static Server posthorn(String name, String title, String io) {
        return new Server(
                name,
                title,
                Part.POSTHORN,
                Platform.JDK_17,
                words("{root}/posthorn conformance --profile bench --host 127.0.0.1 --port {port} --loops 1 --io "
                        + io),
                List.of(),
                Set.of(Protocol.values()),
                Map.of());
    }

    private static Server netty(String name, String title, String fanOut, String io) {
        return new Server(
                name,
                title,
                Part.NETTY,
                Platform.JDK_17,
                words("{java} -cp {root}/modules/posthorn-bench/target/posthorn-bench.jar"
                        + " io.posthorn.bench.peers.NettyServer --port {port} --fanout " + fanOut + " --io " + io),
                List.of(),
                Set.of(WEBSOCKET),
                Map.of());
    }

    private static Server nettySocketIo() {
        return new Server(
                NETTY_SOCKETIO,
                "netty-socketio",
                Part.NETTY_SOCKETIO,
                Platform.JDK_17,
                words("{java} -cp " + PEERS + "netty-socketio/target/jars/*"
                        + " io.posthorn.bench.peers.NettySocketIoServer --port {port}"),
                List.of(),
                Set.of(SOCKETIO),
                Map.of());
    }

    private static Server node(String name, String title, String script, Protocol protocol) {
        return new Server(
                name,
                title,
                Part.NODE,
                Platform.NODE,
                words("node " + PEERS + "node/" + script + " --port {port}"),
                List.of(),
                Set.of(protocol),
                Map.of());
    }

    private static Server bun() {
        return new Server(
                BUN,
                "Bun (uWebSockets)",
                Part.NODE,
                Platform.BUN,
                words("{root}/" + Versions.BUN + " " + PEERS + "node/bun.mjs --port {port}"),
                List.of(),
                Set.of(WEBSOCKET),
                Map.of());
    }

    private static Server nchan() {
        return new Server(
                NCHAN,
                "Nchan in nginx",
                Part.NCHAN,
                Platform.NGINX,
                words(PEERS + "nginx/start --port {port} --folder {folder}"),
                List.of(),
                Set.of(WEBSOCKET, EVENTSOURCE, LONGPOLL),
                Map.of(WEBSOCKET, "/feed", LONGPOLL, "/feed"));
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }
}
