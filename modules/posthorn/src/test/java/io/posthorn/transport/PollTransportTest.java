package io.posthorn.transport;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.HttpServer;
import io.posthorn.http.RawClient;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.UserThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Polls that come in on one loop, of a reader that lives on another. */
@Timeout(60)
class PollTransportTest {
    private final EventLoops loops = new EventLoops(IoKind.best(), 2);
    private final UserThreads threads = new UserThreads();
    private final HttpServer server = new HttpServer(loops, threads, HttpOptions.defaults(), this::poll);
    private final int port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private volatile Consumer<PollTransport> use = transport -> {};

    private static final PollTransport.Answers ANSWERS = new PollTransport.Answers() {
        @Override
        public int maxMessages() {
            return 10;
        }

        @Override
        public long maxBytes() {
            return 1000;
        }

        @Override
        public HttpResponse of(List<Message> messages) {
            StringBuilder text = new StringBuilder();
            messages.forEach(
                    message -> text.append(message.payload().orElseThrow().text()));
            return HttpResponse.text(200, text.toString());
        }

        @Override
        public HttpResponse nothing() {
            return HttpResponse.text(200, "nothing");
        }
    };

    PollTransportTest() throws IOException {}

    @AfterEach
    void close() {
        server.close(Duration.ofSeconds(2));
        threads.close();
        loops.close();
    }

    @Test
    void aPollIsAnsweredFromItsReadersLoop() {
        use = transport -> {
            transport.write(Message.of(null, Payload.text("one")));
            transport.write(Message.of(null, Payload.text("two")));
            transport.flush();
        };
        try (RawClient client = new RawClient(port)) {
            assertThat(client.get("/").answer()).endsWith("onetwo");
            assertThat(client.get("/").answer()).endsWith("onetwo");
            await().until(() -> List.copyOf(told).equals(List.of("ANSWERED at home", "ANSWERED at home")));
        }
    }

    @Test
    void theWaitEndsOnTheReadersLoop() {
        use = transport -> transport.await(Duration.ofMillis(50));
        try (RawClient client = new RawClient(port)) {
            assertThat(client.get("/").answer()).endsWith("nothing");
            await().until(() -> List.copyOf(told).equals(List.of("ANSWERED at home")));
        }
    }

    @Test
    void aPollerThatLeavesIsToldOnTheReadersLoop() {
        use = transport -> told.add("waits");
        try (RawClient client = new RawClient(port)) {
            client.get("/");
            await().until(() -> told.contains("waits"));
        }
        await().until(() -> List.copyOf(told).equals(List.of("waits", "READER_LEFT at home")));
    }

    private void poll(HttpExchange exchange) {
        Loop home = loops.all().stream()
                .filter(loop -> loop != exchange.loop())
                .findFirst()
                .orElseThrow();
        home.mailbox().execute(() -> {
            Transport.Listener listener = new Transport.Listener() {
                @Override
                public void onWritable() {}

                @Override
                public void onClosed(CloseReason reason) {
                    told.add(reason + (home.inLoop() ? " at home" : " elsewhere"));
                }
            };
            use.accept(new PollTransport(TransportType.LONG_POLLING, exchange, home, ANSWERS, listener));
        });
    }
}
