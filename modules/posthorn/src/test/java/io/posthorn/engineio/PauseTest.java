package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.posthorn.engineio.EngineClient.SEPARATOR;
import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.request;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PauseTest {
    private static final EngineTimings TIMINGS = EngineTimings.defaults();

    /** Pauses at "stop". */
    private final Recorder sessions = new Recorder((session, text) -> {
        if (text.equals("stop")) {
            session.session().pauseReading();
        } else if (text.equals("stop and go")) {
            session.session().pauseReading();
            session.session().resumeReading();
        }
    });

    private final EngineHost host = new EngineHost(EngineOptions.defaults().withTimings(TIMINGS), sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theOkOfAPostIsWithheldUntilAllOfItIsTaken() {
        try (EngineClient client = EngineClient.open(host)) {
            RawClient post = begin(client, "4stop" + SEPARATOR + "4a" + SEPARATOR + "4stop" + SEPARATOR + "4b");
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("stop");
            assertThat(session.rest()).isEmpty();

            session.onLoop(session.session()::resumeReading);
            assertThat(session.next()).isEqualTo("a");
            assertThat(session.next()).isEqualTo("stop");
            session.onLoop(() -> {
                assertThat(session.rest()).isEmpty();
                session.session().resumeReading();
            });
            assertThat(body(post.answer())).isEqualTo("ok");
            assertThat(session.next()).isEqualTo("b");
        }
    }

    @Test
    void aPostBesideOneThatIsWithheldEndsTheSession() {
        try (EngineClient client = EngineClient.open(host)) {
            RawClient first = begin(client, "4stop" + SEPARATOR + "4never");
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("stop");

            String second = client.post("4second");
            assertThat(status(second)).isEqualTo(400);
            assertThat(body(second)).isEmpty();
            assertThat(status(first.answer())).isEqualTo(400);
            assertThat(session.ends()).containsExactly("transport error");
            assertThat(session.rest()).isEmpty();
        }
    }

    @Test
    void aPauseThatEndsAtOnceChangesNothing() {
        try (EngineClient client = EngineClient.open(host)) {
            assertThat(body(client.post("4stop and go" + SEPARATOR + "4on"))).isEqualTo("ok");
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("stop and go");
            assertThat(session.next()).isEqualTo("on");
        }
    }

    @Test
    void aCloseInAPauseAnswersThePost() {
        try (EngineClient client = EngineClient.open(host)) {
            RawClient post = begin(client, "4stop" + SEPARATOR + "4never");
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("stop");
            session.onLoop(session.session()::close);

            assertThat(body(post.answer())).isEqualTo("ok");
            assertThat(client.poll()).isEqualTo("1");
            assertThat(session.rest()).isEmpty();
        }
    }

    @Test
    void anUpgradeOfASessionInAPauseStaysPaused() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            RecordedSession session = sessions.next();
            frames.send("2probe").expect("3probe");
            session.onLoop(session.session()::pauseReading);
            frames.send("5");
            assertThat(session.next()).isEqualTo("upgraded");
            frames.send("4late");
            session.send("down");
            frames.expect("4down");
            assertThat(session.rest()).isEmpty();

            session.onLoop(session.session()::resumeReading);
            assertThat(session.next()).isEqualTo("late");
        }
    }

    @Test
    void anUpgradeInTheMidstOfAPostIsNoUpgrade() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            frames.send("2probe").expect("3probe");
            RawClient post = begin(client, "4stop" + SEPARATOR + "4first");
            RecordedSession session = sessions.next();
            assertThat(session.next()).isEqualTo("stop");
            frames.send("5").send("4second").expectClose("close");

            assertThat(status(post.answer())).isEqualTo(400);
            assertThat(session.ends()).containsExactly("transport error");
            assertThat(session.rest()).isEmpty();
        }
    }

    @Test
    void aPauseMayNotLastForEver() {
        EngineTimings timings =
                TIMINGS.withPings(Duration.ofMillis(50), Duration.ofSeconds(20)).withMaxPause(Duration.ofMillis(200));
        Recorder recorder = new Recorder();
        try (EngineHost impatient = new EngineHost(EngineOptions.defaults().withTimings(timings), recorder);
                EngineClient client = EngineClient.open(impatient)) {
            RecordedSession session = recorder.next();
            session.onLoop(session.session()::pauseReading);
            await().until(() -> session.ends().equals(List.of("ping timeout")));
            assertThat(client.pollStatus()).isEqualTo(400);
        }
    }

    private static RawClient begin(EngineClient client, String body) {
        return client.connect().send(request("POST", "EIO=4&transport=polling&sid=" + client.sid(), body));
    }
}
