package io.posthorn.engineio;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static io.posthorn.engineio.EngineClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HeartbeatTest {
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

    private final Recorder sessions = new Recorder();
    private final EngineHost host = new EngineHost(
            EngineOptions.defaults().withPings(Duration.ofMillis(300), Duration.ofMillis(200)), sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aPollGetsAPingAfterTheInterval() {
        try (EngineClient client = EngineClient.open(host)) {
            long opened = System.nanoTime();
            assertThat(client.poll()).isEqualTo("2");
            // The interval began before the client knew.
            assertThat(System.nanoTime() - opened)
                    .isGreaterThan(Duration.ofMillis(200).toNanos());
            assertThat(body(client.post("3"))).isEqualTo("ok");
            assertThat(client.poll()).isEqualTo("2");
        }
    }

    @Test
    void aWebSocketGetsPingsAsLongAsItAnswers() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            for (int i = 0; i < 5; i++) {
                frames.expect("2").send("3");
            }
            assertThat(sessions.next().session().isOpen()).isTrue();
        }
    }

    @Test
    void aWebSocketThatDoesNotAnswerIsClosed() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            frames.expect("2").expectClose("close");
            assertThat(sessions.next().ends()).containsExactly("ping timeout");
        }
    }

    @Test
    void aSessionThatPollsNoMoreIsGoneAfterIntervalAndTimeout() {
        try (EngineClient client = EngineClient.open(host)) {
            long opened = System.nanoTime();
            RecordedSession session = sessions.next();
            await().until(() -> !session.ends().isEmpty());

            assertThat(session.ends()).containsExactly("ping timeout");
            assertThat(System.nanoTime() - opened)
                    .isGreaterThan(Duration.ofMillis(400).toNanos());
            assertThat(body(client.answerOf("GET", ""))).isEqualTo(UNKNOWN);
            assertThat(host.heartbeats()).isZero();
        }
    }

    @Test
    void aRequestBehindTheDeadlineFindsNoSessionThoughNoTimerHasRung() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            long opened = System.nanoTime();
            // The loop is kept busy until the time is over: no timer rings before the request is handled.
            session.onLoop(() -> {
                while (System.nanoTime() - opened < Duration.ofMillis(500).toNanos()) {
                    Thread.onSpinWait();
                }
            });

            assertThat(body(client.answerOf("GET", ""))).isEqualTo(UNKNOWN);
            assertThat(session.ends()).containsExactly("ping timeout");
        }
    }

    @Test
    void aPollThatWaitsIsToldOfTheTimeout() {
        try (EngineClient client = EngineClient.open(host)) {
            assertThat(client.poll()).isEqualTo("2");
            assertThat(client.poll()).isEqualTo("1");
            assertThat(client.pollStatus()).isEqualTo(400);
        }
    }

    @Test
    void aPingOfTheClientsIsInTheWrongDirection() {
        try (EngineClient client = EngineClient.open(host)) {
            assertThat(body(client.post("2"))).isEqualTo("ok");
            assertThat(sessions.next().ends()).containsExactly("transport error");
            assertThat(client.pollStatus()).isEqualTo(400);
        }
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            frames.send("2").expectClose("close");
            assertThat(sessions.next().ends()).containsExactly("transport error");
        }
    }

    @Test
    void aSessionThatIsNotReadFromIsPingedAndNotTimedOut() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            RecordedSession session = sessions.next();
            session.onLoop(session.session()::pauseReading);
            for (int i = 0; i < 4; i++) {
                frames.expect("2");
            }
            assertThat(session.session().isOpen()).isTrue();

            session.onLoop(session.session()::resumeReading);
            frames.send("3").expect("2").send("3").expect("2");
        }
    }

    @Test
    void whoIsReadFromAgainOwesItsPong() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            RecordedSession session = sessions.next();
            session.onLoop(session.session()::pauseReading);
            frames.expect("2").expect("2").expect("2");
            session.onLoop(session.session()::resumeReading);

            frames.expectClose("close");
            assertThat(session.ends()).containsExactly("ping timeout");
        }
    }
}
