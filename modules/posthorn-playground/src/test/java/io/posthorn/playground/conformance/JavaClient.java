package io.posthorn.playground.conformance;

import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.client.SocketOptionBuilder;
import io.socket.engineio.client.Transport;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import io.socket.engineio.parser.Packet;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One socket of the official Java client, with a connection of its own, and what came over it. Its maker closes it. */
final class JavaClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final Way way;
    private final Socket socket;
    private final Map<String, BlockingQueue<List<Object>>> events = new ConcurrentHashMap<>();
    private final Map<String, Map<String, List<String>>> responseHeaders = new ConcurrentHashMap<>();
    private final AtomicInteger pollingMessages = new AtomicInteger();
    private final AtomicInteger webSocketMessages = new AtomicInteger();

    /** How the connection is made. */
    enum Way {
        POLLING,
        WEB_SOCKET,
        UPGRADE;

        private String[] transports() {
            return switch (this) {
                case POLLING -> new String[] {Polling.NAME};
                case WEB_SOCKET -> new String[] {WebSocket.NAME};
                case UPGRADE -> new String[] {Polling.NAME, WebSocket.NAME};
            };
        }
    }

    /** A client that does not connect yet. */
    JavaClient(Way way, URI namespace, SocketOptionBuilder options) {
        this.way = way;
        IO.Options all = options.setTransports(way.transports())
                .setForceNew(true)
                .setReconnection(false)
                .build();
        socket = IO.socket(namespace, all);
        socket.io().on(Manager.EVENT_TRANSPORT, transport -> watch((Transport) transport[0]));
        socket.onAnyIncoming(event -> keep((String) event[0], Arrays.copyOfRange(event, 1, event.length)));
        for (String name : List.of(Socket.EVENT_CONNECT, Socket.EVENT_CONNECT_ERROR, Socket.EVENT_DISCONNECT)) {
            socket.on(name, arguments -> keep(name, arguments));
        }
    }

    /** Connects, and where the way says so goes on when the connection is upgraded. */
    JavaClient connect() {
        socket.connect();
        take(Socket.EVENT_CONNECT);
        if (way == Way.UPGRADE) {
            await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(this::isUpgraded);
        }
        return this;
    }

    /** Connects, which is refused. */
    List<Object> connectInVain() {
        socket.connect();
        return take(Socket.EVENT_CONNECT_ERROR);
    }

    /** Connects without waiting for anything. */
    JavaClient begin() {
        socket.connect();
        return this;
    }

    String id() {
        return socket.id();
    }

    JavaClient emit(String event, Object... arguments) {
        socket.emit(event, arguments);
        return this;
    }

    /** Emits, and waits for what acknowledges it. */
    List<Object> call(String event, Object... arguments) {
        CompletableFuture<List<Object>> answer = new CompletableFuture<>();
        socket.emit(event, arguments, acknowledgement -> answer.complete(List.of(acknowledgement)));
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Acknowledges each event of a name. */
    JavaClient acknowledge(String event, Object... answer) {
        socket.on(event, arguments -> ((io.socket.client.Ack) arguments[arguments.length - 1]).call(answer));
        return this;
    }

    /** The next event of a name. */
    List<Object> take(String event) {
        try {
            List<Object> taken = queue(event).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(taken).as("an event " + event).isNotNull();
            return taken;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** Whether no event of a name waits to be taken. */
    boolean hasNone(String event) {
        return queue(event).isEmpty();
    }

    /** Messages of Engine.IO that came over one transport and the other. */
    List<Integer> messagesByTransport() {
        return List.of(pollingMessages.get(), webSocketMessages.get());
    }

    /** The headers of the latest answer over a transport, their names in lower case. */
    Map<String, List<String>> responseHeaders(String transport) {
        return responseHeaders.getOrDefault(transport, Map.of());
    }

    @Override
    public void close() {
        socket.disconnect();
    }

    /** Asks for something until the answer comes over the WebSocket. */
    private boolean isUpgraded() {
        emit("echo", "upgraded?");
        take("echoBack");
        return webSocketMessages.get() > 0;
    }

    @SuppressWarnings("unchecked") // The client's documentation says so.
    private void watch(Transport transport) {
        AtomicInteger messages = transport.name.equals(WebSocket.NAME) ? webSocketMessages : pollingMessages;
        transport.on(Transport.EVENT_PACKET, packet -> {
            if (Packet.MESSAGE.equals(((Packet<?>) packet[0]).type)) {
                messages.incrementAndGet();
            }
        });
        transport.on(
                Transport.EVENT_RESPONSE_HEADERS,
                headers -> responseHeaders.put(transport.name, (Map<String, List<String>>) headers[0]));
    }

    private void keep(String event, Object... arguments) {
        queue(event).add(List.of(arguments));
    }

    private BlockingQueue<List<Object>> queue(String event) {
        return events.computeIfAbsent(event, name -> new LinkedBlockingQueue<>());
    }
}
