package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Outbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SessionEndTest {
    private final Recorder sessions = new Recorder((session, text) -> {
        switch (text) {
            case "close" -> session.session().close();
            case "throw" -> throw new IllegalStateException("as the test wants it");
            default -> {}
        }
    });
    private final EngineHost host = new EngineHost(EngineOptions.defaults(), sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theServerClosesByThePollThatWaits() {
        try (EngineClient client = EngineClient.open(host)) {
            RawClient poll = client.beginPoll();
            client.post("4close");

            assertThat(body(poll.answer())).isEqualTo("1");
            assertThat(client.pollStatus()).isEqualTo(400);
            assertThat(sessions.next().ends()).containsExactly("forced close");
        }
    }

    @Test
    void theServerClosesByAPollOfItsOwnBehindWhatWaits() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            session.send("last");
            session.onLoop(session.session()::close);
            await().until(() -> !session.ends().isEmpty());
            session.send("too late");

            assertThat(client.poll()).isEqualTo("4last");
            assertThat(client.poll()).isEqualTo("1");
            assertThat(client.pollStatus()).isEqualTo(400);
            assertThat(session.ends()).containsExactly("forced close");
        }
    }

    @Test
    void theServerClosesAWebSocketWithoutAStatusBehindWhatWaits() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            RecordedSession session = sessions.next();
            session.onLoop(() -> {
                session.offer("last", Outbox.Delivery.CERTAIN);
                session.session().close();
            });
            frames.expect("4last").expectClose("close");
            assertThat(session.ends()).containsExactly("forced close");
        }
    }

    @Test
    void aWebSocketThatTheClientClosesEndsTheSession() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            frames.leave();
            RecordedSession session = sessions.next();
            await().until(() -> !session.ends().isEmpty());
            assertThat(session.ends()).containsExactly("transport close");
        }
    }

    @Test
    void aClosePacketOverWebSocketEndsTheSession() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            frames.send("1").expectClose("close");
            assertThat(sessions.next().ends()).containsExactly("transport close");
        }
    }

    @Test
    void aPollThatComesRightBehindAClosePacketIsAnsweredOnce() {
        try (EngineClient client = EngineClient.open(host)) {
            RawClient post = client.connect()
                    .send(EngineClient.request("POST", "EIO=4&transport=polling&sid=" + client.sid(), "1"));
            RecordedSession session = sessions.next();
            await().until(() -> !session.ends().isEmpty());

            assertThat(client.poll()).isEqualTo("6");
            assertThat(body(post.answer())).isEqualTo("ok");
            assertThat(client.pollStatus()).isEqualTo(400);
            assertThat(session.ends()).containsExactly("transport close");
        }
    }

    @Test
    void afterTheOkOfAClosePacketThereIsNoSession() {
        try (EngineClient client = EngineClient.open(host)) {
            assertThat(body(client.post("1"))).isEqualTo("ok");
            assertThat(client.pollStatus()).isEqualTo(400);
            assertThat(host.engine().sessions()).isZero();
        }
    }

    @Test
    void whatIsNoPacketClosesAWebSocket() {
        for (String packet : new String[] {"", "abc", "7", "b"}) {
            try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
                frames.next();
                frames.send(packet).expectClose("close");
                assertThat(sessions.next().ends()).containsExactly("parse error");
            }
        }
    }

    @Test
    void aListenerThatThrowsEndsItsSessionAndNoOther() {
        try (EngineClient client = EngineClient.open(host);
                EngineClient other = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            assertThat(body(client.post("4throw"))).isEqualTo("ok");
            assertThat(session.ends()).containsExactly("transport error");
            assertThat(client.pollStatus()).isEqualTo(400);

            assertThat(body(other.post("4alive"))).isEqualTo("ok");
            assertThat(host.stats().failures()).isOne();
        }
    }

    @Test
    void aServerThatClosesAnswersPollsAndRefusesWhatComes() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            frames.next();
            RawClient poll = client.beginPoll();
            client.post("6");
            host.engine().close(Duration.ofSeconds(10));

            assertThat(body(poll.answer())).isEqualTo("1");
            frames.expectClose("close");
            assertThat(sessions.next().ends()).containsExactly("server shutting down");
            assertThat(sessions.next().ends()).containsExactly("server shutting down");
            assertThat(status(EngineClient.get(host, "EIO=4&transport=polling")))
                    .isEqualTo(503);
        }
    }

    @Test
    void nothingIsLeftOfSessionsThatHaveEnded() {
        for (int i = 0; i < 20; i++) {
            try (EngineClient client = EngineClient.open(host);
                    EngineFrames frames = client.upgrade()) {
                sessions.next().send("hello");
                frames.expect("4hello");
            }
            try (EngineClient client = EngineClient.open(host);
                    EngineFrames frames = client.webSocket()) {
                frames.send("2probe").expect("3probe");
                client.post("1");
                sessions.next();
            }
        }
        await().until(() -> host.engine().sessions() == 0);
        await().until(() -> host.connections() == 0);
        assertThat(host.heartbeats()).isZero();
        await().until(() -> host.timers() == 0);
        assertThat(host.stats().sessions()).isZero();
    }
}
