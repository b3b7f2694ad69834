package io.posthorn.bench;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs for tests. */
final class Runs {
    static final BenchCase ECHO = Cases.ALL.get(0);

    private final List<Run> runs = new ArrayList<>();

    /** Of the echo's case, with this CPU time, of which a tenth is user time, in each round. */
    Runs of(String server, double... cpu) {
        for (int round = 1; round <= cpu.length; round++) {
            add(server, round, cpu[round - 1], cpu[round - 1] / 10);
        }
        return this;
    }

    Runs add(String server, int round, double cpu, double user) {
        return add(run(server, round, Map.of(Metric.CPU.key(), cpu, Metric.USER.key(), user), null));
    }

    Runs add(Run run) {
        runs.add(run);
        return this;
    }

    CaseRuns all() {
        return all(ECHO);
    }

    CaseRuns all(BenchCase benchCase) {
        return new CaseRuns(benchCase, runs);
    }

    static Run run(String server, int round, Map<String, Double> figures, @Nullable String error) {
        Map<String, Double> ordered = new LinkedHashMap<>(figures);
        return new Run(ECHO.name(), server, round, "f1", server + " 1.0", "2026-11-23T03:00:00Z", ordered, error);
    }
}
