package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.posthorn.engineio.EngineClient.SEPARATOR;
import static io.posthorn.engineio.EngineClient.body;
import static org.assertj.core.api.Assertions.assertThat;

class UpgradeTest {
    private final Recorder sessions = new Recorder();
    private final EngineHost host = new EngineHost(EngineOptions.defaults(), sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aWaitingPollIsAnsweredWithANoopWhenTheWebSocketIsProbed() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            RawClient poll = client.beginPoll();
            client.post("6");
            frames.send("2probe").expect("3probe");

            assertThat(body(poll.answer())).isEqualTo("6");
        }
    }

    @Test
    void aNewPollIsAnsweredAtOnceUntilTheUpgrade() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            frames.send("2probe").expect("3probe");

            assertThat(client.poll()).isEqualTo("6");
            assertThat(client.poll()).isEqualTo("6");
        }
    }

    @Test
    void untilTheUpgradeDataGoesByPolling() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            RecordedSession session = sessions.next();
            frames.send("2probe").expect("3probe");
            session.send("one");
            session.send("two");

            assertThat(client.poll()).isEqualTo("4one" + SEPARATOR + "4two");
            session.send("three");
            frames.send("5").expect("4three");
        }
    }

    @Test
    void afterTheUpgradeDataGoesByWebSocket() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.upgrade()) {
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("upgraded");
            assertThat(session.session().transport()).isEqualTo(TransportType.WEB_SOCKET);

            session.send("down");
            frames.expect("4down").send("4up");
            assertThat(session.next()).isEqualTo("up");
        }
    }

    @Test
    void pollsAfterTheUpgradeAreBadRequestsAndDoNoHarm() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.upgrade()) {
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("upgraded");

            assertThat(body(client.answerOf("GET", ""))).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            assertThat(body(client.post("4a"))).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            session.send("alive");
            frames.expect("4alive");
        }
    }

    @Test
    void whatFollowsTheUpgradeAtOnceIsHeard() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            RecordedSession session = sessions.next();
            frames.send("2probe").expect("3probe").send("5").send("4a").send(new byte[] {7});

            assertThat(session.next()).isEqualTo("upgraded");
            assertThat(session.next()).isEqualTo("a");
            assertThat(session.next()).isEqualTo("<07>");
        }
    }

    @Test
    void aProbeThatIsSentBehindTheHandshakeAtOnceIsAnswered() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames =
                        EngineFrames.connect(host.port(), "EIO=4&transport=websocket&sid=" + client.sid(), "2probe")) {
            frames.expect("3probe");
        }
    }

    @Test
    void aSecondWebSocketIsClosedAndTheSessionNotTouched() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.upgrade();
                EngineFrames thief = client.webSocket()) {
            RecordedSession session = sessions.next();
            thief.expectClose("close");

            session.send("mine");
            frames.expect("4mine");
        }
    }

    @Test
    void aWebSocketBesideAProbeIsClosedAndTheProbeNotTouched() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            frames.send("2probe").expect("3probe");
            try (EngineFrames thief = client.webSocket()) {
                thief.expectClose("close");
            }
            RecordedSession session = sessions.next();
            frames.send("5");
            session.send("mine");
            frames.expect("4mine");
        }
    }

    @Test
    void aSessionThatBeganAsWebSocketTakesNoOther() {
        try (EngineFrames frames = EngineFrames.connect(host.port(), "EIO=4&transport=websocket")) {
            String sid = EngineClient.sid(frames.next());
            try (EngineFrames thief =
                    EngineFrames.connect(host.port(), "EIO=4&transport=websocket&sid=" + sid, "2probe", "5")) {
                thief.expectClose("close");
            }
            sessions.next().send("mine");
            frames.expect("4mine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "4hello", "2", "2prob", "2probes", "", "x"})
    void whatIsNoProbeClosesTheWebSocketOnly(String text) {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            frames.send(text).expectClose("close");

            sessions.next().send("alive");
            assertThat(client.poll()).isEqualTo("4alive");
            assertThat(host.stats().failedUpgrades()).isOne();
        }
    }

    @Test
    void aProbeThatLeavesLetsPollingGoOn() {
        try (EngineClient client = EngineClient.open(host)) {
            EngineFrames frames = client.webSocket();
            frames.send("2probe").expect("3probe").leave();
            RecordedSession session = sessions.next();
            RawClient poll = client.beginPoll();
            session.send("alive");
            assertThat(body(poll.answer())).isEqualTo("4alive");

            try (EngineFrames again = client.upgrade()) {
                session.send("again");
                again.expect("4again");
            }
        }
    }

    @Test
    void duringAnUpgradeWhatIsVolatileIsDropped() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            RecordedSession session = sessions.next();
            RawClient poll = client.beginPoll();
            client.post("6");
            frames.send("2probe").expect("3probe");
            session.onLoopFirst(() -> {
                session.offer("lost", Outbox.Delivery.VOLATILE);
                session.offer("kept", Outbox.Delivery.CERTAIN);
                session.session().flush();
            });
            assertThat(body(poll.answer())).isEqualTo("6");
            frames.send("5").expect("4kept");
        }
    }
}
