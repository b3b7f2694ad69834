package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client sends by several connections, on several loops, is heard in its order where that matters. */
class ArrivalOrderTest {
    private static final int ROUNDS = 30;

    private final EngineHost host = new EngineHost(
            IoKind.best(), 3, EngineOptions.defaults(), new Recorder((session, text) -> session.send("back " + text)));

    @AfterEach
    void close() {
        host.close();
    }

    @RepeatedTest(3)
    void aPollBehindAnUpgradeIsRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            try (EngineClient client = EngineClient.open(host);
                    EngineFrames frames = client.webSocket()) {
                frames.send("2probe").send("5");
                assertThat(client.pollStatus()).isEqualTo(400);
                frames.expect("3probe").send("4hello").expect("4back hello");
            }
        }
    }

    @RepeatedTest(3)
    void aPostBehindAPollThatWasGivenUpIsRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            try (EngineClient client = EngineClient.open(host)) {
                RawClient poll = client.beginPoll();
                await().until(() -> host.polls(client.sid()));
                poll.close();
                assertThat(status(client.post("4late"))).isEqualTo(400);
            }
        }
    }

    @RepeatedTest(3)
    void aPollBesideACloseIsAnsweredWithANoop() {
        for (int i = 0; i < ROUNDS; i++) {
            try (EngineClient client = EngineClient.open(host)) {
                RawClient poll = client.beginPoll();
                assertThat(body(client.post("1"))).isEqualTo("ok");
                assertThat(body(poll.answer())).isEqualTo("6");
                assertThat(status(client.answerOf("GET", ""))).isEqualTo(400);
            }
        }
    }
}
