package io.posthorn.bench;

import java.util.List;

/** The goals of all cases, and what came of them. */
final class GoalTable {
    private GoalTable() {}

    static Table of(List<CaseRuns> results) {
        Table table = new Table(List.of("case", "goal", "measured", "verdict"));
        for (CaseRuns runs : results) {
            for (Judgement judgement : Judge.judge(runs)) {
                table.add(List.of(
                        runs.benchCase().title(), goal(judgement.goal()), measured(judgement), verdict(judgement)));
            }
        }
        return table;
    }

    /** As in "server CPU ≤ 0.9 × Netty". */
    static String goal(Goal goal) {
        String subject = goal.server().equals(Servers.POSTHORN) ? "" : title(goal.server()) + ": ";
        String words = subject + goal.metric().title() + " ≤ " + Numbers.limit(goal.limit());
        return goal instanceof Goal.Ratio ratio
                ? words + " × " + title(ratio.peer())
                : words + " " + goal.metric().unit();
    }

    private static String title(String server) {
        return Servers.named(server).map(Server::title).orElse(server);
    }

    private static String measured(Judgement judgement) {
        Sample measured = judgement.measured();
        if (measured.isEmpty()) {
            return Numbers.NONE;
        }
        String words =
                Numbers.of(measured.median()) + " (" + Numbers.spread(measured) + "; " + measured.size() + " runs)";
        Sample user = judgement.userTime();
        return user.isEmpty()
                ? words
                : words + ", in user CPU " + Numbers.of(user.median()) + " (" + Numbers.spread(user) + ")";
    }

    private static String verdict(Judgement judgement) {
        String how = judgement.isByUserTime() ? ", by user CPU" : "";
        String doubt = judgement.isDoubtful() ? "; fewer than " + Judgement.ENOUGH_PAIRS + " runs say little" : "";
        return switch (judgement.verdict()) {
            case HOLDS -> "holds" + how + doubt;
            case MISSES -> "**misses by " + Numbers.percent(judgement.excess()) + "**" + how + doubt;
            case UNMEASURED -> "not measured";
        };
    }
}
