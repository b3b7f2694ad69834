package io.posthorn.bench;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All runs ever made in a folder, one line of JSON each, written when it was made: what is cut short resumes from it. */
final class RunLog {
    static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .build();

    private final Path file;
    private final List<Run> runs;

    private RunLog(Path file, List<Run> runs) {
        this.file = file;
        this.runs = runs;
    }

    static RunLog open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                return new RunLog(file, new ArrayList<>());
            }
            String text = Files.readString(file);
            if (!text.isEmpty() && !text.endsWith("\n")) {
                Files.writeString(file, "\n", StandardOpenOption.APPEND);
            }
            return new RunLog(
                    file, new ArrayList<>(text.lines().flatMap(RunLog::parse).toList()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void append(Run run) {
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(run) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND);
            runs.add(run);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Those that may be compared with each other. */
    List<Run> of(BenchCase benchCase, String fingerprint) {
        return ofCase(benchCase)
                .filter(run -> run.fingerprint().equals(fingerprint))
                .toList();
    }

    /** Those of a case that may be compared with the newest. */
    CaseRuns newest(BenchCase benchCase) {
        String fingerprint = ofCase(benchCase)
                .reduce((earlier, later) -> later)
                .map(Run::fingerprint)
                .orElse("");
        return new CaseRuns(benchCase, of(benchCase, fingerprint));
    }

    private Stream<Run> ofCase(BenchCase benchCase) {
        return runs.stream().filter(run -> run.benchCase().equals(benchCase.name()));
    }

    private static Stream<Run> parse(String line) {
        try {
            return Stream.of(JSON.readValue(line, Run.class));
        } catch (JacksonException cut) {
            // The line that was being written when the power went. Its run is made again.
            return Stream.empty();
        }
    }
}
