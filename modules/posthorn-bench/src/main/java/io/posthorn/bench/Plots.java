package io.posthorn.bench;

import java.util.ArrayList;
import java.util.List;

/** The report's pictures. */
final class Plots {
    private Plots() {}

    /** What each server needs for a message, or for a connection. */
    static String of(CaseRuns runs) {
        Action action = runs.benchCase().load().action();
        String unit = switch (action) {
            case IDLE -> "bytes of live heap per connection";
            case HANDSHAKE -> "µs of server CPU time per connect; the first part is user time";
            case ECHO, FANOUT -> "µs of server CPU time per message; the first part is user time";
        };
        List<BarPlot.Bar> bars = CaseTable.servers(runs).stream()
                .map(server -> bar(runs, server, action.metric()))
                .filter(bar -> Double.isFinite(bar.value()))
                .toList();
        return new BarPlot(runs.benchCase().title(), unit, bars).svg();
    }

    /** Each goal that is a ratio: how far Posthorn is below its peer, and how far it has to be. */
    static String overview(List<CaseRuns> results) {
        List<BarPlot.Bar> bars = new ArrayList<>();
        for (CaseRuns runs : results) {
            for (Judgement judgement : Judge.judge(runs)) {
                if (judgement.goal() instanceof Goal.Ratio ratio
                        && !judgement.measured().isEmpty()) {
                    bars.add(ratio(runs, ratio, judgement));
                }
            }
        }
        return new BarPlot("Posthorn, as a part of its peers", "1 is as much as the peer; the line is the goal", bars)
                .svg();
    }

    private static BarPlot.Bar bar(CaseRuns runs, Server server, Metric metric) {
        Sample sample = runs.sample(server.name(), metric);
        double user =
                metric == Metric.CPU ? runs.sample(server.name(), Metric.USER).median() : Double.NaN;
        boolean isOurs = server.part() == Part.POSTHORN;
        return new BarPlot.Bar(server.title(), sample, user, Double.NaN, isOurs);
    }

    private static BarPlot.Bar ratio(CaseRuns runs, Goal.Ratio goal, Judgement judgement) {
        String peer = Servers.named(goal.peer()).map(Server::title).orElse(goal.peer());
        String label = runs.benchCase().title() + ": " + goal.metric().title() + " / " + peer;
        return new BarPlot.Bar(label, judgement.measured(), Double.NaN, goal.limit(), true);
    }
}
