package io.posthorn.engineio;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.http.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EngineSocketTest {
    private static final int EVENTS = 1000;

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    @Test
    void itSendsAndHearsTextAndBytesByEitherTransport() throws Exception {
        try (Posthorn posthorn = serve(socket -> {
            socket.onText(text -> socket.send("got " + text));
            socket.onBinary(socket::send);
            socket.onClose((reason, description) -> seen.add(reason.text()));
        })) {
            try (EngineClient client = open(posthorn)) {
                client.post("4grün");
                client.post("bAQID");
                assertThat(client.poll()).isEqualTo("4got grün\u001ebAQID");
                client.post("1");
            }
            assertThat(next()).isEqualTo("transport close");
            try (EngineFrames frames = EngineFrames.connect(posthorn.port(), "EIO=4&transport=websocket")) {
                frames.next();
                frames.send("4grün").expect("4got grün").send(new byte[] {1, 2}).expect("<01 02>");
            }
            assertThat(next()).isEqualTo("transport close");
            assertThat(posthorn.stats().engineIo().opened().values()).contains(1L);
            assertThat(posthorn.stats().engineIo().received()).isEqualTo(4);
        }
    }

    @Test
    void itMayGreetAndClose() throws Exception {
        try (Posthorn posthorn = serve(socket -> {
            socket.send("hi");
            socket.close();
            socket.onClose((reason, description) -> seen.add(reason));
        })) {
            try (EngineClient client = open(posthorn)) {
                assertThat(client.poll()).isEqualTo("4hi");
                assertThat(client.poll()).isEqualTo("1");
                assertThat(client.pollStatus()).isEqualTo(400);
            }
            assertThat(next()).isEqualTo(SessionCloseReason.FORCED_CLOSE);
        }
    }

    @Test
    void aHandlerThatThrowsDoesNoHarm() throws Exception {
        try (Posthorn posthorn = serve(socket -> {
            socket.onError(seen::add);
            socket.onText(text -> {
                throw new IllegalStateException(text);
            });
        })) {
            try (EngineClient client = open(posthorn)) {
                assertThat(body(client.post("4one"))).isEqualTo("ok");
                assertThat(body(client.post("4two"))).isEqualTo("ok");
            }
            assertThat(next()).hasToString("java.lang.IllegalStateException: one");
            assertThat(next()).hasToString("java.lang.IllegalStateException: two");
        }
    }

    @Test
    void aClientWhoseHandlersAreBehindIsNotReadFrom() throws Exception {
        CountDownLatch untilMoved = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        try (Posthorn posthorn = serve(socket -> socket.onText(text -> {
            seen.add(text);
            await(text.equals("first") ? untilMoved : held);
        }))) {
            try (EngineClient client = open(posthorn)) {
                RawClient first = client.connect().send(post(client, "4first"));
                Awaitility.await().until(() -> posthorn.movedHandlers() == 1);
                untilMoved.countDown();
                assertThat(body(first.answer())).isEqualTo("ok");
                assertThat(next()).isEqualTo("first");

                String packets =
                        IntStream.range(0, EVENTS).mapToObj(n -> "4" + n).collect(Collectors.joining("\u001e"));
                RawClient second = client.connect().send(post(client, packets));
                assertThat(next()).isEqualTo("0");
                // The handler waits, and nobody waits for it.
                assertThat(status(EngineClient.get(posthorn.port(), "transport=none")))
                        .isEqualTo(400);
                assertThat(posthorn.stats().engineIo().received()).isLessThan(EVENTS);
                held.countDown();
                assertThat(body(second.answer())).isEqualTo("ok");
                for (int i = 1; i < EVENTS; i++) {
                    assertThat(next()).isEqualTo(Integer.toString(i));
                }
            } finally {
                untilMoved.countDown();
                held.countDown();
            }
        }
    }

    @Test
    void theServerMustTakeBodiesAsLargeAsAreAnnounced() {
        try (Posthorn posthorn = Posthorn.create()) {
            EngineOptions options = EngineOptions.defaults().withMaxPayload(2_000_000);
            assertThatThrownBy(() -> posthorn.engineIo("/engine.io/", options, socket -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxBody");
            assertThatThrownBy(() -> posthorn.engineIo("/engine.io", EngineOptions.defaults(), socket -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void thePathWithoutItsSlashIsServedWhereItIsWanted() throws Exception {
        try (Posthorn posthorn = Posthorn.create(PosthornOptions.defaults().withLoops(1))) {
            posthorn.engineIo("/with/", EngineOptions.defaults(), socket -> {});
            posthorn.engineIo("/without/", EngineOptions.defaults().withAddTrailingSlash(false), socket -> {});
            posthorn.listen("127.0.0.1", 0);
            for (String path : new String[] {"/with/", "/without/", "/without", "/with/more", "/without/more"}) {
                assertThat(statusOf(posthorn, path)).as(path).isEqualTo(200);
            }
            assertThat(statusOf(posthorn, "/with")).isEqualTo(404);
        }
    }

    private static String post(EngineClient client, String body) {
        return EngineClient.request("POST", "EIO=4&transport=polling&sid=" + client.sid(), body);
    }

    private static int statusOf(Posthorn posthorn, String path) {
        try (RawClient client = new RawClient(posthorn.port())) {
            return status(client.get(path + "?EIO=4&transport=polling").answer());
        }
    }

    private static Posthorn serve(Consumer<EngineSocket> onConnection) throws IOException {
        Posthorn posthorn = Posthorn.create(PosthornOptions.defaults().withLoops(1));
        posthorn.engineIo("/engine.io/", EngineOptions.defaults(), onConnection);
        posthorn.listen("127.0.0.1", 0);
        return posthorn;
    }

    private static EngineClient open(Posthorn posthorn) {
        String handshake = EngineClient.get(posthorn.port(), "EIO=4&transport=polling");
        return new EngineClient(posthorn.port(), EngineClient.sid(handshake));
    }

    private Object next() throws InterruptedException {
        Object next = seen.poll(20, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
