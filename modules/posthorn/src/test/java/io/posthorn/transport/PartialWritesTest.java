package io.posthorn.transport;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many readers share the bytes of a message, and each takes them in pieces of its own: a socket with a receive buffer of 2
 * KiB, of which now a byte is read and now a few. Each gets exactly the bytes.
 */
@Timeout(120)
class PartialWritesTest {
    private static final int MESSAGES = 1000;
    private static final int READERS = 8;
    private static final String[] UPGRADE = {
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==",
        ""
    };

    private final Sequencer sequencer = new Sequencer(1, 1);
    private final List<Outbox> outboxes = new ArrayList<>();
    private final CompletableFuture<TransportServer> servers = new CompletableFuture<>();

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void everyReaderGetsExactlyTheBytesHoweverSlowlyItTakesThem(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        List<Socket> sockets = new ArrayList<>();
        try (TransportServer server = new TransportServer(kind, this::serve)) {
            servers.complete(server);
            sequencer.subscribe(server.loop(), this::deliver);
            for (int i = 0; i < READERS; i++) {
                sockets.add(connect(server, i % 2 == 0 ? "/stream" : "/ws", sockets));
            }
            for (int i = 0; i < MESSAGES; i++) {
                sequencer.publish(Message.of(null, Payload.text(text(i))));
            }
            await().until(() -> on(server, () -> outboxes.stream().allMatch(outbox -> outbox.size() > 0)));
            List<Future<byte[]>> read = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Socket socket = sockets.get(i);
                int length = (i % 2 == 0 ? expectedChunks() : expectedFrames()).length;
                Random random = new Random(i);
                read.add(threads.submit(() -> readInPieces(socket.getInputStream(), length, random)));
            }
            for (int i = 0; i < READERS; i++) {
                byte[] expected = i % 2 == 0 ? expectedChunks() : expectedFrames();
                assertThat(read.get(i).get()).as("reader %d", i).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** As bursts of one, which share their bytes where that is possible. */
    private void deliver(Message message) {
        try (Burst burst = new Burst(List.of(message), Outbox.Delivery.DROPPABLE)) {
            for (Outbox outbox : outboxes) {
                if (!outbox.offer(burst)) {
                    outbox.offer(message);
                    outbox.flush();
                }
            }
        }
    }

    private void serve(HttpExchange exchange) throws Exception {
        Outbox outbox = new Outbox(Integer.MAX_VALUE, Overflow.DISCONNECT, new NothingIsLost());
        Transport.Listener listener = new Transport.Listener() {
            @Override
            public void onWritable() {
                outbox.onWritable();
            }

            @Override
            public void onClosed(CloseReason reason) {}
        };
        if (exchange.path().equals("/ws")) {
            servers.get().upgrade(exchange, webSocket -> {
                outbox.attach(new WebSocketTransport(webSocket, Content.PLAIN, listener));
                outboxes.add(outbox);
            });
            return;
        }
        outbox.attach(new StreamTransport(
                exchange,
                HttpResponse.of(200),
                EventSourceFraming.of(Content.PLAIN, null, Duration.ofMillis(1)),
                new StreamTransport.Options(Duration.ofHours(1), Long.MAX_VALUE),
                listener));
        outboxes.add(outbox);
    }

    private static final class NothingIsLost implements Outbox.Listener {
        @Override
        public void onDropped(int messages) {
            throw new AssertionError("dropped");
        }

        @Override
        public void onGap() {
            throw new AssertionError("a gap");
        }

        @Override
        public void onOverflow() {
            throw new AssertionError("an overflow");
        }
    }

    private Socket connect(TransportServer server, String path, List<Socket> sockets) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        String upgrade = path.equals("/ws") ? String.join("\r\n", UPGRADE) : "";
        String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + upgrade + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        await().until(() -> on(server, () -> outboxes.size() == sockets.size() + 1));
        return socket;
    }

    /** A byte, or a few, or as many as there are. */
    private static byte[] readInPieces(InputStream in, int length, Random random) throws IOException {
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length) {
            int wanted = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(random.nextInt(8) == 0 ? 65_536 : 700);
            int got = in.read(bytes, read, Math.min(wanted, length - read));
            if (got < 0) {
                break;
            }
            read += got;
        }
        return bytes;
    }

    /** RFC 6455 5.2: a text frame of 126 to 65,535 bytes, for each message. */
    private static byte[] expectedFrames() {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < MESSAGES; i++) {
            String text = text(i);
            frames.write(0x81);
            frames.write(0x7e);
            frames.write(text.length() >> 8);
            frames.write(text.length());
            frames.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        return frames.toByteArray();
    }

    /** RFC 9112 7.1: a chunk for the beginning, and one for each message. */
    private byte[] expectedChunks() {
        StringBuilder chunks = new StringBuilder(chunk("retry: 1\n\n"));
        for (int i = 0; i < MESSAGES; i++) {
            chunks.append(chunk("id: " + sequencer.position().at(i + 1) + "\ndata: " + text(i) + "\n\n"));
        }
        return chunks.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    /** From 200 to 8,999 bytes. */
    private static String text(int number) {
        return String.format("%05d:", number) + "abcdefghij".repeat(900).substring(0, 194 + number * 37 % 8800);
    }

    private static <T> T on(TransportServer server, Callable<T> action) throws Exception {
        return server.loop().eventLoop().submit(action).get(20, TimeUnit.SECONDS);
    }
}
