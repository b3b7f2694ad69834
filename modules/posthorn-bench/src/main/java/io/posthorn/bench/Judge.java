package io.posthorn.bench;

import java.util.List;

/**
 * Holds what was measured against a case's goals.
 *
 * <p>A machine that others share makes ratios of total CPU time differ by 25 % for no reason: most of that time is the
 * kernel's. Within 25 % of 1, user CPU time decides; the total is told beside it.
 */
final class Judge {
    private static final double NEAR = 0.25;

    private Judge() {}

    static List<Judgement> judge(CaseRuns runs) {
        return runs.benchCase().goals().stream().map(goal -> judge(runs, goal)).toList();
    }

    static Judgement judge(CaseRuns runs, Goal goal) {
        Sample measured = measured(runs, goal, goal.metric());
        boolean near = Math.abs(measured.median() - 1) <= NEAR;
        boolean byUserTime = goal instanceof Goal.Ratio && goal.metric() == Metric.CPU && near;
        Sample userTime = byUserTime ? measured(runs, goal, Metric.USER) : Sample.of();
        Judgement judgement = new Judgement(goal, measured, userTime, Verdict.UNMEASURED);
        return measured.isEmpty() ? judgement : new Judgement(goal, measured, userTime, verdict(judgement));
    }

    private static Sample measured(CaseRuns runs, Goal goal, Metric metric) {
        if (goal instanceof Goal.Ratio ratio) {
            return runs.ratios(metric, ratio.server(), ratio.peer());
        }
        return runs.sample(goal.server(), metric);
    }

    private static Verdict verdict(Judgement judgement) {
        return judgement.deciding().median() <= judgement.goal().limit() ? Verdict.HOLDS : Verdict.MISSES;
    }
}
