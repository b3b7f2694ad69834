package io.posthorn.websocket;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static io.posthorn.websocket.Frames.frame;
import static io.posthorn.websocket.Frames.hex;
import static io.posthorn.websocket.Frames.join;
import static io.posthorn.websocket.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What applications are promised, over real sockets. */
class WebSocketTest {
    private static final WebSocketOptions OPTIONS = WebSocketOptions.defaults();

    @Test
    void allAnswersToOneReadLeaveTogether() throws Exception {
        try (TestServer server = new TestServer(OPTIONS, ws -> ws.onText(ws::send));
                TestServer.RawSocket client = server.connect()) {
            client.write(join(text("a"), text("b"), frame(0x89, hex("70")), text("c")));

            // Text a, text b, pong p, text c
            assertThat(client.read(12)).isEqualTo(hex("8101 61 8101 62 8a01 70 8101 63"));
        }
    }

    @Test
    void aTextInFragmentsLeavesAsAFrameForEachPart() throws Exception {
        try (TestServer server = new TestServer(OPTIONS, ws -> ws.sendFragments("on", "", "e"));
                TestServer.RawSocket client = server.connect()) {
            // Text without FIN, an empty continuation, a continuation with FIN
            assertThat(client.read(9)).isEqualTo(hex("0102 6f6e 0000 8001 65"));
        }
    }

    @Test
    void aPingIsAnsweredByItsPayloadAndToldToTheHandler() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    ws.onPing(payload -> seen.add("ping " + payload.length));
                    ws.onPong(payload -> seen.add("pong " + payload.length));
                    ws.ping(hex("0102"));
                });
                TestServer.RawSocket client = server.connect()) {
            client.write(join(frame(0x89, hex("aabbcc")), frame(0x8A, hex("0102"))));

            assertThat(client.read(4)).isEqualTo(hex("8902 0102"));
            assertThat(client.read(5)).isEqualTo(hex("8a03 aabbcc"));
            await().until(() -> List.copyOf(seen).equals(List.of("ping 3", "pong 2")));
        }
    }

    @Test
    void aCloseFromTheServerIsAnsweredAndToldOnce() throws Exception {
        List<String> ends = Collections.synchronizedList(new ArrayList<>());
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    ws.onClose((code, reason) -> ends.add(code + " " + reason));
                    ws.close(4000, "go");
                    ws.send("too late");
                });
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.read(6)).isEqualTo(hex("8804 0fa0 676f"));
            client.write(frame(0x88, hex("0fa1")));

            assertThat(client.isAtEnd()).isTrue();
            client.hangUp();
            await().until(() -> server.stats().open() == 0);
            assertThat(ends).containsExactly("4001 ");
        }
    }

    @Test
    void aClientThatNeverAnswersACloseIsCutAtTheDeadline() throws Exception {
        WebSocketOptions options =
                OPTIONS.withLimits(WebSocketLimits.defaults().withCloseTimeout(Duration.ofMillis(200)));
        AtomicInteger code = new AtomicInteger();
        try (TestServer server = new TestServer(options, ws -> {
                    ws.onClose((closeCode, reason) -> code.set(closeCode));
                    ws.close();
                });
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.read(4)).isEqualTo(hex("8802 03e8"));

            assertThat(client.isAtEnd()).isTrue();
            await().until(() -> server.stats().closeTimeouts() == 1);
            await().until(() -> code.get() == CloseCode.ABNORMAL);
        }
    }

    @Test
    void aSilentClientIsPingedAndThenClosedWith1001() throws Exception {
        WebSocketOptions options =
                OPTIONS.withLimits(WebSocketLimits.defaults().withIdleTimeout(Duration.ofMillis(400)));
        try (TestServer server = new TestServer(options, ws -> {});
                TestServer.RawSocket client = server.connect()) {
            assertThat(client.read(2)).isEqualTo(hex("8900"));
            assertThat(client.read(4)).startsWith(hex("88"));
            await().until(() -> server.stats().idleTimeouts() == 1);
        }
    }

    @Test
    void aClientThatAnswersPingsStays() throws Exception {
        WebSocketOptions options =
                OPTIONS.withLimits(WebSocketLimits.defaults().withIdleTimeout(Duration.ofMillis(400)));
        try (TestServer server = new TestServer(options, ws -> ws.onText(ws::send));
                TestServer.RawSocket client = server.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.read(2)).isEqualTo(hex("8900"));
                client.write(frame(0x8A, new byte[0]));
            }
            assertThat(server.stats().idleTimeouts()).isZero();
        }
    }

    @Test
    void aHandlersExceptionIsToldAndTheConnectionLives() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    ws.onError(told::set);
                    ws.onText(text -> {
                        if (text.equals("bad")) {
                            throw new IllegalStateException("as planned");
                        }
                        ws.send(text);
                    });
                });
                TestServer.RawSocket client = server.connect()) {
            client.write(join(text("bad"), text("good")));

            assertThat(client.readText()).isEqualTo("good");
            assertThat(told.get()).hasMessage("as planned");
            assertThat(server.stats().handlerFailures()).isEqualTo(1);
        }
    }

    @Test
    void blockingHandlersRunInOrderAndNeverTwoOfOneConnectionAtOnce() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (TestServer server = new TestServer(
                        OPTIONS.withBlockingHandlers(),
                        ws -> ws.onText(text -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            ws.send(text);
                            inside.decrementAndGet();
                        }));
                TestServer.RawSocket client = server.connect()) {
            for (int i = 0; i < 500; i++) {
                client.write(text("n" + i));
            }
            for (int i = 0; i < 500; i++) {
                assertThat(client.readText()).isEqualTo("n" + i);
            }
            assertThat(most.get()).isEqualTo(1);
        }
    }

    @Test
    void aBlockedHandlerStallsNobodyElse() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (TestServer server = new TestServer(
                        OPTIONS.withBlockingHandlers(),
                        ws -> ws.onText(text -> {
                            if (text.equals("block")) {
                                hold(release);
                            }
                            ws.send(text);
                        }));
                TestServer.RawSocket blocked = server.connect();
                TestServer.RawSocket second = server.connect();
                TestServer.RawSocket third = server.connect()) {
            blocked.write(text("block"));
            second.write(text("2"));
            third.write(text("3"));

            assertThat(second.readText()).isEqualTo("2");
            assertThat(third.readText()).isEqualTo("3");
            release.countDown();
            assertThat(blocked.readText()).isEqualTo("block");
        }
    }

    @Test
    void aClientWhoseHandlersAreBehindIsNotReadFromUntilTheyHaveCaughtUp() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        try (TestServer server = new TestServer(
                        OPTIONS.withBlockingHandlers(),
                        ws -> ws.onText(text -> {
                            hold(release);
                            handled.incrementAndGet();
                        }));
                TestServer.RawSocket client = server.connect()) {
            byte[] message = text("x".repeat(60_000));
            Thread flood = new Thread(() -> {
                try {
                    for (int i = 0; i < 1000; i++) {
                        client.write(message); // 60 MB: far more than the buffers in between hold
                    }
                } catch (java.io.IOException ended) {
                    throw new java.io.UncheckedIOException(ended);
                }
            });
            flood.start();
            // One less: the connection's callback may still have had a place in the queue when it was full.
            await().until(() -> server.stats().messagesReceived() >= UserHandlers.MAX_QUEUED - 1);
            assertThat(server.stats().messagesReceived()).isLessThan(500);

            release.countDown();
            await().atMost(Duration.ofSeconds(60)).until(() -> handled.get() == 1000);
            flood.join();
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswersIsNotReadFrom() throws Exception {
        CompletableFuture<WebSocket> connected = new CompletableFuture<>();
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    connected.complete(ws);
                    ws.onBinary(ws::send);
                });
                TestServer.RawSocket client = server.connect()) {
            byte[] payload = new byte[50_000];
            Thread flood = new Thread(() -> {
                try {
                    for (int i = 0; i < 1000; i++) {
                        client.write(frame(0x82, payload));
                    }
                } catch (java.io.IOException ended) {
                    throw new java.io.UncheckedIOException(ended);
                }
            });
            flood.start();
            WebSocket echoing = connected.get(10, TimeUnit.SECONDS);
            await().until(() -> !echoing.isWritable());

            for (int i = 0; i < 1000; i++) {
                assertThat(client.readPayload()).hasSize(payload.length);
            }
            flood.join();
            assertThat(server.stats().slowReaders()).isZero();
            await().until(() -> echoing.isWritable() && echoing.bufferedBytes() == 0);
        }
    }

    @Test
    void onWritableTellsASenderWhenToGoOn() throws Exception {
        AtomicInteger resumed = new AtomicInteger();
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    ws.onWritable(resumed::incrementAndGet);
                    ws.onText(text -> {
                        while (ws.isWritable()) {
                            ws.send(new byte[60_000]);
                        }
                        ws.send("end");
                    });
                });
                TestServer.RawSocket client = server.connect()) {
            client.write(text("go"));
            while (client.readPayload().length == 60_000) {
                assertThat(server.stats().slowReaders()).isZero();
            }
            await().until(() -> resumed.get() == 1);
        }
    }

    @Test
    void whatMayNotBeSentIsRefusedAtOnce() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    assertThatThrownBy(() -> ws.close(1005, "")).isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> ws.close(1000, "é".repeat(62)))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> ws.ping(new byte[126])).isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(ws::sendFragments).isInstanceOf(IllegalArgumentException.class);
                    done.countDown();
                });
                TestServer.RawSocket client = server.connect()) {
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            client.hangUp();
        }
    }

    @Test
    void aTapSeesEachFrameAsItStandsOnTheWire() throws Exception {
        List<String> shown = Collections.synchronizedList(new ArrayList<>());
        try (TestServer server = new TestServer(OPTIONS, ws -> {
                    ws.tap((direction, bytes) ->
                            shown.add(direction + " " + java.util.HexFormat.of().formatHex(bytes)));
                    ws.onText(ws::send);
                });
                TestServer.RawSocket client = server.connect()) {
            client.write(hex("81 85 37fa213d 7f9f4d5158"));
            assertThat(client.readText()).isEqualTo("Hello");
            client.write(hex("88 80 37fa213d"));
            assertThat(client.read(2)).isEqualTo(hex("8800"));

            assertThat(shown)
                    .containsExactly(
                            "RECEIVED 818537fa213d7f9f4d5158",
                            "SENT 810548656c6c6f",
                            "RECEIVED 888037fa213d",
                            "SENT 8800");
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never released");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
