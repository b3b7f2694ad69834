package io.posthorn.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * A load, the servers that are put under it in turn, and what must come of it.
 *
 * @param title in few words, as in "WebSocket echo, depth 1"
 * @param what says to readers of the report what is done
 */
record BenchCase(String name, String title, String what, Load load, List<String> servers, List<Goal> goals) {
    private static final int FEW_RUNS = 3;

    /** How often a server takes its turn: whoever stands in a ratio as often as a ratio needs. */
    int runsOf(String server) {
        return goals.stream().flatMap(BenchCase::ratio).anyMatch(goal -> isIn(goal, server)) && isSteady()
                ? Judgement.ENOUGH_PAIRS
                : FEW_RUNS;
    }

    private boolean isSteady() {
        return !load.action().needsFreshServer();
    }

    private static Stream<Goal.Ratio> ratio(Goal goal) {
        return goal instanceof Goal.Ratio ratio ? Stream.of(ratio) : Stream.of();
    }

    private static boolean isIn(Goal.Ratio goal, String server) {
        return goal.server().equals(server) || goal.peer().equals(server);
    }
}
