package io.posthorn.bench;

import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessesTest {
    @Test
    void aProcessThatIsEndedIsGone() throws IOException {
        Processes processes = new Processes();
        Process sleeper = processes.add(new ProcessBuilder("sleep", "600").start());

        processes.end(sleeper);

        assertThat(sleeper.isAlive()).isFalse();
        assertThat(processes.areEnding()).isFalse();
    }

    @Test
    void aProcessThatDoesNotWantToEndIsMadeTo() throws IOException {
        Processes processes = new Processes();
        Process stubborn = processes.add(
                new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start());
        assertThat(stubborn.getInputStream().read()).isEqualTo('r');

        processes.end(stubborn);

        assertThat(stubborn.isAlive()).isFalse();
    }
}
