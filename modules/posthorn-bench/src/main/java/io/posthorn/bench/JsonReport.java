package io.posthorn.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report for programs: the medians with their spread, and the goals. */
final class JsonReport {
    private JsonReport() {}

    static String of(Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("forOrientationOnly", report.quick());
        all.put("machine", report.machine());
        all.put("cores", report.cores().description());
        all.put("versions", report.versions());
        all.put("absent", report.absent());
        all.put("cases", report.results().stream().map(JsonReport::oneCase).toList());
        return RunLog.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    }

    private static Map<String, Object> oneCase(CaseRuns runs) {
        BenchCase benchCase = runs.benchCase();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", benchCase.name());
        all.put("title", benchCase.title());
        all.put("load", benchCase.load());
        all.put(
                "servers",
                CaseTable.servers(runs).stream()
                        .map(server -> server(runs, server))
                        .toList());
        all.put("goals", Judge.judge(runs).stream().map(JsonReport::judgement).toList());
        return all;
    }

    private static Map<String, Object> server(CaseRuns runs, Server server) {
        Map<String, Object> all = new LinkedHashMap<>();
        List<Run> valid = runs.valid(server.name());
        all.put("name", server.name());
        all.put("runs", valid.size());
        all.put("invalidRuns", runs.all(server.name()).size() - valid.size());
        all.put("runsLimitedByLoad", valid.stream().filter(Run::isLimitedByLoad).count());
        for (Metric metric : Metric.values()) {
            Sample sample = runs.sample(server.name(), metric);
            if (!sample.isEmpty()) {
                all.put(metric.key(), summary(sample));
            }
        }
        return all;
    }

    private static Map<String, Object> judgement(Judgement judgement) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("goal", GoalTable.goal(judgement.goal()));
        all.put("limit", judgement.goal().limit());
        all.put("verdict", judgement.verdict());
        if (!judgement.measured().isEmpty()) {
            all.put("measured", summary(judgement.measured()));
        }
        if (!judgement.userTime().isEmpty()) {
            all.put("userTime", summary(judgement.userTime()));
        }
        return all;
    }

    private static Map<String, Object> summary(Sample sample) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("median", sample.median());
        all.put("least", sample.least());
        all.put("most", sample.most());
        all.put("runs", sample.size());
        return all;
    }
}
