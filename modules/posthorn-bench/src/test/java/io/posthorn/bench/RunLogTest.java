package io.posthorn.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RunLogTest {
    private static final Run FIRST = Runs.run("posthorn", 1, Map.of(Metric.CPU.key(), 6.5), null);
    private static final Run INVALID = Runs.run("netty", 1, Map.of(), "netty does not listen; its log says \"why\"");

    @TempDir
    private Path folder;

    @Test
    void whatWasAppendedIsThereAfterAnotherStart() {
        RunLog log = RunLog.open(file());
        log.append(FIRST);
        log.append(INVALID);

        assertThat(RunLog.open(file()).of(Runs.ECHO, "f1")).containsExactly(FIRST, INVALID);
    }

    @Test
    void aRunIsOneLine() throws IOException {
        RunLog.open(file()).append(FIRST);

        assertThat(Files.readString(file())).endsWith("}\n").hasLineCount(1);
    }

    @Test
    void aLineThatWasCutIsForgottenAndTheNextOneIsNot() throws IOException {
        RunLog.open(file()).append(FIRST);
        Files.writeString(file(), "{\"benchCase\":\"ws-ec", StandardOpenOption.APPEND);

        RunLog.open(file()).append(INVALID);

        assertThat(RunLog.open(file()).of(Runs.ECHO, "f1")).containsExactly(FIRST, INVALID);
    }

    @Test
    void runsWithAnotherFingerprintAreNotCompared() {
        RunLog log = RunLog.open(file());
        log.append(FIRST);
        log.append(withFingerprint("f2"));

        assertThat(log.of(Runs.ECHO, "f1")).containsExactly(FIRST);
        assertThat(log.newest(Runs.ECHO).runs()).containsExactly(withFingerprint("f2"));
        assertThat(log.newest(Cases.ALL.get(1)).runs()).isEmpty();
    }

    private static Run withFingerprint(String fingerprint) {
        return new Run(
                FIRST.benchCase(), FIRST.server(), 1, fingerprint, FIRST.version(), FIRST.date(), Map.of(), null);
    }

    private Path file() {
        return folder.resolve("results/runs.jsonl");
    }
}
