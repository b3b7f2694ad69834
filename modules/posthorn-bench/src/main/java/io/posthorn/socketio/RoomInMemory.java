package io.posthorn.socketio;

import io.posthorn.engineio.EngineIo;
import io.posthorn.engineio.EngineLimits;
import io.posthorn.engineio.EngineOptions;
import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpServer;
import io.posthorn.http.MemoryChannel;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.HandlerSites;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.Turns;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.ClientFrames;
import io.posthorn.websocket.WebSocketGroup;
import io.posthorn.websocket.WebSocketOptions;
import io.posthorn.websocket.WebSockets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with one loop, and WebSockets whose connections are in memory: those of Socket.IO's clients, all in one room,
 * and plain ones, all in one group. Its owner closes it.
 */
final class RoomInMemory implements AutoCloseable {
    private static final int MOST = 10_000;
    private static final String ROOM = "lobby";
    private static final String PATH = "/socket.io/";
    private static final String UPGRADE = """
             HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    private final EventLoops loops = new EventLoops(IoKind.best(), 1);
    private final UserThreads threads = new UserThreads();
    private final HandlerSites sites = new HandlerSites(loops, threads);
    private final Loop loop = loops.all().get(0);
    private final WebSockets webSockets = new WebSockets(loops, threads);
    private final WebSocketGroup group = new WebSocketGroup();
    private final AtomicInteger joined = new AtomicInteger();
    private final SocketIo io;
    private final HttpServer server;
    private final List<MemoryChannel> receivers = new ArrayList<>();
    private long sent;

    RoomInMemory() {
        // Nobody here answers a ping.
        EngineOptions options = EngineOptions.defaults()
                .withLimits(EngineLimits.defaults().withMaxSessions(MOST, MOST))
                .withPings(Duration.ofHours(1), Duration.ofHours(1));
        io = new SocketIo(
                loops,
                sites,
                SocketIoOptions.defaults().withEngine(options),
                sessions -> new EngineIo(loops, threads, webSockets, options, sessions));
        io.onConnection(socket -> {
            socket.join(ROOM);
            joined.incrementAndGet();
        });
        HttpLimits limits = HttpLimits.defaults().withMaxConnections(MOST, MOST);
        server = new HttpServer(loops, threads, HttpOptions.defaults().withLimits(limits), exchange -> {
            if (exchange.path().equals(PATH)) {
                io.requests(PATH).handle(exchange);
            } else {
                webSockets.route(WebSocketOptions.defaults(), group::add).handle(exchange);
            }
        });
    }

    /** Lets so many Socket.IO clients come and join the room; returns when they are there. */
    void connectSockets(int count) {
        connect(count, "GET " + PATH + "?EIO=4&transport=websocket" + UPGRADE);
        loop.eventLoop()
                .submit(() -> receivers.forEach(client -> client.receive(ClientFrames.text("40"))))
                .syncUninterruptibly();
        if (joined.get() != count) {
            throw new IllegalStateException(joined + " of " + count + " sockets are there");
        }
    }

    /** Lets so many WebSockets come and join the group; returns when they are there. */
    void connectWebSockets(int count) {
        connect(count, "GET /" + UPGRADE);
        if (group.size() != count) {
            throw new IllegalStateException(group.size() + " of " + count + " WebSockets are there");
        }
    }

    private void connect(int count, String request) {
        loop.eventLoop()
                .submit(() -> {
                    for (int i = 0; i < count; i++) {
                        receivers.add(MemoryChannel.connect(server, loop, request));
                    }
                })
                .syncUninterruptibly();
    }

    /** Sends an event to the room so many times, some of them in each turn of the loop, and waits until all have them. */
    void emit(String text, int count, int perTurn) throws InterruptedException {
        send(count, perTurn, text.length(), () -> io.to(ROOM).emit("message", text));
    }

    /** As {@link #emit}, but to the group. */
    void sendToGroup(String text, int count, int perTurn) throws InterruptedException {
        send(count, perTurn, text.length(), () -> group.send(text));
    }

    private void send(int count, int perTurn, int size, Runnable once) throws InterruptedException {
        Turns.run(loop, count / perTurn, () -> {
            for (int i = 0; i < perTurn; i++) {
                once.run();
            }
        });
        sent += (long) count * size;
    }

    @Override
    public void close() {
        loops.close();
        sites.close();
        threads.close();
        if (!receivers.stream().allMatch(receiver -> receiver.taken() > sent)) {
            throw new IllegalStateException("not everybody has got everything");
        }
    }
}
