package io.posthorn.transport;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.IoKind;
import io.posthorn.websocket.WebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One outbox and one reader, who goes from stream to WebSocket to poll over real connections while four threads publish.
 * The reader opens the next connection, reads the last one to its end, and goes on with the next: it has every message
 * once, in order.
 */
@Timeout(120)
class TransportExchangeTest {
    private static final int EXCHANGES = 300;
    private static final int MOST_UNREAD = 1000;
    private static final String PADDING = "x".repeat(3000);

    private final TransportServer server;
    private final Sequencer sequencer = new Sequencer(10, 1000);
    private final OneReader reader = new OneReader();
    private final Semaphore attached = new Semaphore(0);
    private final AtomicLong received = new AtomicLong();

    /** Carries the number of a message in front of its text. */
    private static final Content NUMBERED = new Content() {
        @Override
        public Payload of(Message message) {
            return Payload.text(message.cursor().orElseThrow().number() + ":"
                    + message.payload().orElseThrow().text());
        }

        @Override
        public boolean isEnvelope() {
            return true;
        }
    };

    TransportExchangeTest() throws IOException {
        server = new TransportServer(IoKind.best(), this::serve);
        sequencer.subscribe(server.loop(), reader);
    }

    @AfterEach
    void endTheServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 22, 333})
    void aReaderThatChangesItsTransportHasEveryMessageOnceInOrder(long seed) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread publisher = new Thread(new Publisher(new Random(seed + i), over));
            publishers.add(publisher);
            publisher.start();
        }
        try {
            wander(new Random(seed), "seed " + seed);
        } finally {
            over.set(true);
            for (Thread publisher : publishers) {
                publisher.join();
            }
        }
        assertThat(received.get()).as("messages, seed %d", seed).isGreaterThan(EXCHANGES);
    }

    private void wander(Random random, String seed) throws Exception {
        Way way = open(random);
        for (int i = 0; i < EXCHANGES; i++) {
            for (int wanted = random.nextInt(40); wanted > 0 && take(way, seed); wanted--) {}
            Way next = open(random);
            while (take(way, seed)) {}
            way.connection.close();
            way = next;
        }
        way.connection.close();
    }

    private boolean take(Way way, String seed) throws Exception {
        List<String> messages = way.next();
        for (String message : messages) {
            assertThat(Long.parseLong(message.substring(0, message.indexOf(':'))))
                    .as("the message that came by %s, %s", way, seed)
                    .isEqualTo(received.get() + 1);
            received.incrementAndGet();
        }
        return !messages.isEmpty();
    }

    private Way open(Random random) throws Exception {
        ClientConnection connection = new ClientConnection(server.port(), random.nextInt(20) == 0 ? 4096 : 0);
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        Way way = new Way(connection, kind, new AtomicBoolean());
        if (kind == Kind.WEB_SOCKET) {
            connection.upgrade("/ws");
        } else {
            connection.get(kind == Kind.STREAM ? "/stream" : "/poll");
        }
        attached.acquire();
        return way;
    }

    private enum Kind {
        STREAM,
        POLL,
        WEB_SOCKET
    }

    /** What the reader has of one transport. */
    private record Way(ClientConnection connection, Kind kind, AtomicBoolean begun) {
        /** The next messages; none where this way has ended. */
        List<String> next() throws Exception {
            if (kind == Kind.POLL) {
                return begun.getAndSet(true) ? List.of() : answer();
            }
            if (!begun.getAndSet(true)) {
                connection.head();
            }
            return kind == Kind.STREAM ? event() : frame();
        }

        private List<String> answer() throws Exception {
            byte[] body = connection.body(connection.head());
            return new String(body, StandardCharsets.UTF_8).lines().toList();
        }

        private List<String> event() throws Exception {
            for (String line = connection.nextLine(); line != null; line = connection.nextLine()) {
                if (line.startsWith("data: ")) {
                    return List.of(line.substring("data: ".length()));
                }
            }
            return List.of();
        }

        private List<String> frame() throws Exception {
            ClientConnection.Frame frame = connection.nextFrame();
            return frame == null || frame.opcode() == ClientConnection.CLOSE ? List.of() : List.of(frame.text());
        }

        @Override
        public String toString() {
            return kind.toString();
        }
    }

    private void serve(HttpExchange exchange) throws Exception {
        switch (exchange.path()) {
            case "/stream" ->
                reader.attach(new StreamTransport(
                        exchange,
                        HttpResponse.of(200),
                        EventSourceFraming.of(NUMBERED, null, Duration.ofSeconds(1)),
                        new StreamTransport.Options(Duration.ofSeconds(15), Long.MAX_VALUE),
                        reader));
            case "/poll" -> reader.attach(new PollTransport(TransportType.LONG_POLLING, exchange, new Lines(), reader));
            default -> server.upgrade(exchange, this::upgraded);
        }
    }

    private void upgraded(WebSocket webSocket) {
        reader.attach(new WebSocketTransport(webSocket, NUMBERED, reader));
    }

    private static final class Lines implements PollTransport.Answers {
        @Override
        public int maxMessages() {
            return 20;
        }

        @Override
        public long maxBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public HttpResponse of(List<Message> messages) {
            return HttpResponse.text(
                    200,
                    messages.stream()
                            .map(message -> NUMBERED.of(message))
                            .map(payload -> payload == null ? "" : payload.text())
                            .collect(Collectors.joining("\n")));
        }

        @Override
        public HttpResponse nothing() {
            return HttpResponse.of(204);
        }
    }

    /** The one reader on its loop. */
    private final class OneReader implements Sequencer.Subscriber, Transport.Listener, Outbox.Listener {
        private final Outbox outbox = new Outbox(Integer.MAX_VALUE, Overflow.DISCONNECT, this);
        private final Runnable endOfTurn = this::flush;
        private @Nullable Transport current;
        private boolean flushDue;

        void attach(Transport next) {
            Transport old = current;
            current = next;
            outbox.attach(next);
            outbox.flush();
            if (old != null) {
                old.close(CloseReason.RECYCLED);
            }
            attached.release();
        }

        @Override
        public void onMessage(Message message) {
            outbox.offer(message);
            if (!flushDue) {
                flushDue = true;
                server.loop().mailbox().atEndOfTurn(endOfTurn);
            }
        }

        private void flush() {
            flushDue = false;
            outbox.flush();
        }

        @Override
        public void onWritable() {
            outbox.onWritable();
        }

        @Override
        public void onClosed(CloseReason reason) {}

        @Override
        public void onDropped(int messages) {
            throw new AssertionError("dropped, though there is room");
        }

        @Override
        public void onGap() {}

        @Override
        public void onOverflow() {
            throw new AssertionError("an overflow, though there is room");
        }
    }

    private final class Publisher implements Runnable {
        private final Random random;
        private final AtomicBoolean over;

        Publisher(Random random, AtomicBoolean over) {
            this.random = random;
            this.over = over;
        }

        @Override
        public void run() {
            while (!over.get()) {
                if (sequencer.position().number() - received.get() > MOST_UNREAD) {
                    LockSupport.parkNanos(100_000);
                    continue;
                }
                int length = random.nextInt(100) == 0 ? PADDING.length() : random.nextInt(50);
                sequencer.publish(Message.of(null, Payload.text(PADDING.substring(0, length))));
            }
        }
    }
}
