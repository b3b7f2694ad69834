package io.posthorn.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The runs of one case that may be compared. What was invalid counts in no figure. */
record CaseRuns(BenchCase benchCase, List<Run> runs) {

    List<Run> all(String server) {
        return runs.stream().filter(run -> run.server().equals(server)).toList();
    }

    List<Run> valid(String server) {
        return all(server).stream().filter(Run::isValid).toList();
    }

    Sample sample(String server, Metric metric) {
        return Sample.of(
                valid(server).stream().mapToDouble(run -> run.figure(metric)).toArray());
    }

    /** How many times the peer's figure the server's was, round by round: those rounds in which both have it. */
    Sample ratios(Metric metric, String server, String peer) {
        Map<Integer, Run> peers =
                valid(peer).stream().collect(Collectors.toMap(Run::round, Function.identity(), (old, run) -> run));
        return Sample.of(valid(server).stream()
                .filter(run -> peers.containsKey(run.round()))
                .mapToDouble(run -> run.figure(metric) / figure(peers, run.round(), metric))
                .filter(Double::isFinite)
                .toArray());
    }

    private static double figure(Map<Integer, Run> runs, int round, Metric metric) {
        Run run = runs.get(round);
        return run == null ? Double.NaN : run.figure(metric);
    }
}
