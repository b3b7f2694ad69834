package io.posthorn.engineio;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class UpgradeTimeoutTest {
    private final Recorder sessions = new Recorder();
    private final EngineHost host = new EngineHost(
            EngineOptions.defaults().withTimings(EngineTimings.defaults().withUpgradeTimeout(Duration.ofMillis(100))),
            sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aProbeThatTakesTooLongIsClosedAndPollingGoesOn() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            frames.send("2probe").expect("3probe");
            frames.expectClose("close");

            sessions.next().send("alive");
            assertThat(client.poll()).isEqualTo("4alive");
        }
    }

    @Test
    void aWebSocketThatSaysNothingIsClosed() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.webSocket()) {
            frames.expectClose("close");
            assertThat(host.stats().failedUpgrades()).isOne();
        }
    }

    @Test
    void whoHasUpgradedInTimeStays() {
        try (EngineClient client = EngineClient.open(host);
                EngineFrames frames = client.upgrade();
                EngineFrames late = EngineClient.open(host).webSocket()) {
            late.expectClose("close"); // later than the first one's time

            sessions.next().send("alive");
            frames.expect("4alive");
        }
    }
}
