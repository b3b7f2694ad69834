package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.TransportType;
import io.posthorn.websocket.Deflate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EngineLimitsTest {
    private final Recorder sessions = new Recorder();
    private final EngineHost host = new EngineHost(
            EngineOptions.defaults()
                    .withLimits(EngineLimits.defaults()
                            .withMaxPayload(100)
                            .withMaxSessions(3, 3)
                            .withQueueBytes(10_000))
                    .withDeflate(Deflate.defaults().withThreshold(0)),
            sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aPostThatIsTooLargeIsAnsweredWith413AndDoesNoHarm() {
        try (EngineClient client = EngineClient.open(host)) {
            String answer = client.post("4" + "x".repeat(100));
            assertThat(status(answer)).isEqualTo(413);
            assertThat(body(answer)).isEmpty();

            assertThat(body(client.post("4" + "x".repeat(99)))).isEqualTo("ok");
            assertThat(sessions.next().next()).hasSize(99);
            assertThat(host.stats().tooLarge()).isOne();
        }
    }

    @Test
    void aWebSocketMessageThatIsTooLargeClosesWith1009AndNoReason() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            frames.send("4" + "x".repeat(99)).send("4" + "x".repeat(100)).expectClose("close 1009");

            RecordedSession session = sessions.next();
            assertThat(session.next()).hasSize(99);
            await().until(() -> !session.ends().isEmpty());
            assertThat(session.ends()).containsExactly("transport error");
        }
    }

    @Test
    void whatIsInflatedCountsAgainstTheLimit() throws Exception {
        // S6: 100 KB of zeros in a frame of some hundred bytes.
        try (DeflatedBomb bomb = new DeflatedBomb(host.port())) {
            assertThat(bomb.explode(100_000)).isEqualTo("close 1009");
        }
    }

    @Test
    void thereAreNoMoreSessionsThanMayBe() {
        try (EngineClient one = EngineClient.open(host);
                EngineClient two = EngineClient.open(host);
                EngineClient three = EngineClient.open(host)) {
            assertThat(status(EngineClient.get(host, "EIO=4&transport=polling")))
                    .isEqualTo(503);
            assertThat(host.stats().full()).isOne();

            one.post("1");
            assertThat(status(EngineClient.get(host, "EIO=4&transport=polling")))
                    .isEqualTo(200);
            assertThat(body(two.post("4a"))).isEqualTo("ok");
            assertThat(body(three.post("4a"))).isEqualTo("ok");
        }
    }

    @Test
    void thereIsNoRoomForThoseWhoAreAdmittedTooLate() {
        CompletableFuture<Void> decided = new CompletableFuture<>();
        EngineOptions slow = EngineOptions.defaults()
                .withLimits(EngineLimits.defaults().withMaxSessions(1, 1))
                .withIds(request -> decided.thenCompose(
                        done -> EngineOptions.defaults().ids().next(request)));
        try (EngineHost full = new EngineHost(slow, new Recorder());
                RawClient one = new RawClient(full.port());
                RawClient two = new RawClient(full.port())) {
            String request = EngineClient.request("GET", "EIO=4&transport=polling", "");
            one.send(request);
            two.send(request);
            EngineClient.get(full, "transport=none"); // is answered when both have been read
            decided.complete(null);

            assertThat(List.of(status(one.answer()), status(two.answer()))).containsExactlyInAnyOrder(200, 503);
            assertThat(full.engine().sessions()).isOne();
        }
    }

    @Test
    void aClientThatDoesNotTakeWhatItIsSentIsClosed() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            session.onLoop(() -> {
                for (int i = 0; i < 11; i++) {
                    session.offer("x".repeat(1000), Outbox.Delivery.CERTAIN);
                }
            });
            await().until(() -> !session.ends().isEmpty());
            assertThat(session.ends()).containsExactly("too slow");
            assertThat(client.pollStatus()).isEqualTo(400);
        }
    }

    @Test
    void whatIsVolatileIsDroppedWhileNoPollWaits() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            session.onLoop(() -> {
                session.offer("lost", Outbox.Delivery.VOLATILE);
                session.offer("kept", Outbox.Delivery.CERTAIN);
                session.session().flush();
            });
            assertThat(client.poll()).isEqualTo("4kept");
            assertThat(host.stats().dropped()).isOne();
            assertThat(session.session().transport()).isEqualTo(TransportType.LONG_POLLING);
        }
    }
}
