package io.posthorn.bench;

/**
 * A goal, held against what was measured.
 *
 * @param measured the median: of a ratio's pairs, or of the figure; NaN where nothing was measured
 * @param userTime the ratio's median in user CPU time, NaN where that is not asked
 */
record Judgement(Goal goal, Sample measured, Sample userTime, Verdict verdict) {
    /** Fewer pairs than this say nothing about a ratio that is near 1. */
    static final int ENOUGH_PAIRS = 9;

    /** Whether total and user CPU time would judge differently, so that both have to be told. */
    boolean isByUserTime() {
        return !userTime.isEmpty() && goal instanceof Goal.Ratio;
    }

    /** What decided. */
    Sample deciding() {
        return isByUserTime() ? userTime : measured;
    }

    boolean isDoubtful() {
        return isByUserTime() && deciding().size() < ENOUGH_PAIRS;
    }

    /** How much more it is than it may be, as a share of the limit: 0.1 is 10 % too much; below 0 there is room. */
    double excess() {
        return deciding().median() / goal.limit() - 1;
    }
}
