package io.posthorn.bench;

import io.posthorn.bench.Goal.Ceiling;
import io.posthorn.bench.Goal.Ratio;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.posthorn.bench.Metric.CPU;
import static io.posthorn.bench.Metric.HEAP;
import static io.posthorn.bench.Metric.P50;
import static io.posthorn.bench.Metric.P99;
import static io.posthorn.bench.Protocol.EVENTSOURCE;
import static io.posthorn.bench.Protocol.LONGPOLL;
import static io.posthorn.bench.Protocol.SOCKETIO;
import static io.posthorn.bench.Protocol.WEBSOCKET;
import static io.posthorn.bench.Servers.NETTY;
import static io.posthorn.bench.Servers.NETTY_ONCE;
import static io.posthorn.bench.Servers.NETTY_SOCKETIO;
import static io.posthorn.bench.Servers.POSTHORN;
import static io.posthorn.bench.Servers.SOCKET_IO;

/** What is measured, and what Posthorn must reach. */
final class Cases {
    private static final List<String> WEBSOCKET_SERVERS = List.of(
            POSTHORN,
            NETTY,
            Servers.WS,
            Servers.BUN,
            Servers.NETTY_IO_URING,
            Servers.NETTY_25,
            Servers.POSTHORN_NIO,
            Servers.POSTHORN_IO_URING,
            Servers.POSTHORN_25);
    private static final List<String> SOCKETIO_SERVERS = List.of(
            POSTHORN, NETTY_SOCKETIO, SOCKET_IO, Servers.POSTHORN_NIO, Servers.POSTHORN_IO_URING, Servers.POSTHORN_25);
    private static final List<String> FEED_SERVERS = List.of(POSTHORN, Servers.NCHAN);

    private static final List<String> WINDOW_4 = arguments("--connections 1000 --size 128 --window 4");
    private static final List<String> WINDOW_4_ROOM = with(WINDOW_4, "--room", "lobby");
    private static final List<String> HANDSHAKES = arguments("--connections 10000 --rounds 5");
    private static final List<String> IDLE = arguments("--connections 19000");

    static final List<BenchCase> ALL = List.of(
            echo("ws-echo-1", WEBSOCKET, 1, WEBSOCKET_SERVERS, new Ratio(CPU, POSTHORN, NETTY, 0.9)),
            echo("ws-echo-16", WEBSOCKET, 16, WEBSOCKET_SERVERS, new Ratio(CPU, POSTHORN, NETTY, 0.4)),
            echo(
                    "sio-echo-1",
                    SOCKETIO,
                    1,
                    SOCKETIO_SERVERS,
                    new Ratio(CPU, POSTHORN, NETTY_SOCKETIO, 0.67),
                    new Ratio(CPU, POSTHORN, SOCKET_IO, 0.25)),
            echo("sio-echo-16", SOCKETIO, 16, SOCKETIO_SERVERS, new Ratio(CPU, POSTHORN, NETTY_SOCKETIO, 0.08)),
            fanOut(
                    "ws-fanout-4",
                    WEBSOCKET,
                    4,
                    with(WEBSOCKET_SERVERS, NETTY_ONCE, Servers.NCHAN),
                    new Ratio(CPU, POSTHORN, NETTY_ONCE, 0.75)),
            fanOut(
                    "sio-fanout-4",
                    SOCKETIO,
                    4,
                    with(SOCKETIO_SERVERS, NETTY_ONCE),
                    new Ratio(CPU, POSTHORN, NETTY_SOCKETIO, 0.17),
                    new Ratio(CPU, POSTHORN, SOCKET_IO, 0.17),
                    new Ratio(CPU, POSTHORN, NETTY_ONCE, 0.75)),
            fanOut(
                    "ws-fanout-1",
                    WEBSOCKET,
                    1,
                    with(WEBSOCKET_SERVERS, NETTY_ONCE),
                    new Ratio(CPU, POSTHORN, NETTY_ONCE, 1.2)),
            fanOut(
                    "sio-fanout-1",
                    SOCKETIO,
                    1,
                    with(SOCKETIO_SERVERS, NETTY_ONCE),
                    new Ratio(CPU, POSTHORN, NETTY_SOCKETIO, 0.5),
                    new Ratio(CPU, POSTHORN, NETTY_ONCE, 1.2)),
            rate("ws-rate-20", WEBSOCKET, WINDOW_4, with(WEBSOCKET_SERVERS, NETTY_ONCE)),
            rate(
                    "sio-rate-20",
                    SOCKETIO,
                    WINDOW_4_ROOM,
                    SOCKETIO_SERVERS,
                    new Ratio(P50, POSTHORN, NETTY_SOCKETIO, 0.55),
                    new Ratio(P99, POSTHORN, NETTY_SOCKETIO, 0.5)),
            fanOut("sse-fanout", EVENTSOURCE, 1, FEED_SERVERS),
            rate("sse-rate-20", EVENTSOURCE, arguments("--connections 1000 --size 128 --window 1"), FEED_SERVERS),
            longPoll(),
            connections("ws-handshake", Action.HANDSHAKE, WEBSOCKET, new Ceiling(CPU, POSTHORN, 50)),
            connections(
                    "sio-handshake",
                    Action.HANDSHAKE,
                    SOCKETIO,
                    new Ceiling(CPU, POSTHORN, 80),
                    new Ratio(CPU, POSTHORN, NETTY_SOCKETIO, 0.65)),
            connections(
                    "ws-idle",
                    Action.IDLE,
                    WEBSOCKET,
                    new Ceiling(HEAP, POSTHORN, 1300),
                    new Ratio(HEAP, Servers.POSTHORN_25_COMPACT, POSTHORN, 1.0)),
            connections(
                    "sio-idle",
                    Action.IDLE,
                    SOCKETIO,
                    new Ceiling(HEAP, POSTHORN, 1900),
                    new Ratio(HEAP, Servers.POSTHORN_25_COMPACT, POSTHORN, 1.0)));

    private Cases() {}

    static Optional<BenchCase> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static BenchCase echo(String name, Protocol protocol, int depth, List<String> servers, Goal... goals) {
        List<String> arguments = arguments("--connections 100 --size 64 --depth " + depth);
        return new BenchCase(
                name,
                protocol.title() + " echo, depth " + depth,
                "100 connections, 64 bytes, " + depth + " in flight on each.",
                new Load(Action.ECHO, protocol, arguments, arguments),
                servers,
                List.of(goals));
    }

    private static BenchCase fanOut(String name, Protocol protocol, int window, List<String> servers, Goal... goals) {
        boolean isRoom = protocol == SOCKETIO;
        List<String> arguments = arguments("--connections 1000 --size 128 --window " + window);
        List<String> all = isRoom ? with(arguments, "--room", "lobby") : arguments;
        return new BenchCase(
                name,
                protocol.title() + " fan-out, window " + window,
                (isRoom ? "A room of 1,000" : "1,000 subscribers") + ", 128 bytes, " + window + " in flight.",
                new Load(Action.FANOUT, protocol, all, all),
                servers,
                List.of(goals));
    }

    private static BenchCase rate(
            String name, Protocol protocol, List<String> flatOut, List<String> servers, Goal... goals) {
        List<String> arguments = arguments("--connections 1000 --size 128 --rate 20");
        List<String> all = protocol == SOCKETIO ? with(arguments, "--room", "lobby") : arguments;
        return new BenchCase(
                name,
                protocol.title() + " fan-out, 20 messages/s",
                "1,000 subscribers, 128 bytes, a fixed schedule: the latency of a server that is mostly idle.",
                new Load(Action.FANOUT, protocol, all, flatOut),
                servers,
                List.of(goals));
    }

    private static BenchCase longPoll() {
        List<String> arguments = arguments("--connections 500 --size 128 --window 1");
        return new BenchCase(
                "longpoll-fanout",
                "Long polling fan-out",
                "500 clients, 128 bytes, one in flight; a delivery includes the next request.",
                new Load(Action.FANOUT, LONGPOLL, arguments, arguments),
                FEED_SERVERS,
                List.of());
    }

    private static BenchCase connections(String name, Action action, Protocol protocol, Goal... goals) {
        boolean isIdle = action == Action.IDLE;
        List<String> servers = protocol == SOCKETIO
                ? List.of(POSTHORN, NETTY_SOCKETIO, SOCKET_IO, Servers.POSTHORN_25, Servers.POSTHORN_25_COMPACT)
                : List.of(
                        POSTHORN,
                        NETTY,
                        Servers.WS,
                        Servers.BUN,
                        Servers.NETTY_25,
                        Servers.POSTHORN_25,
                        Servers.POSTHORN_25_COMPACT);
        List<String> arguments = isIdle ? IDLE : HANDSHAKES;
        return new BenchCase(
                name,
                protocol.title() + (isIdle ? ", idle connections" : " handshakes, warm"),
                isIdle
                        ? "19,000 connections: what each adds to the live heap after a full collection, and to the process."
                        : "10,000 connections, five times: the fifth, when the code is warm. A message is a connect.",
                new Load(action, protocol, arguments, HANDSHAKES),
                servers,
                List.of(goals));
    }

    private static List<String> arguments(String words) {
        return List.of(words.split(" "));
    }

    private static List<String> with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toList();
    }
}
