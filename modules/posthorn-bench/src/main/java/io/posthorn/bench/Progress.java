package io.posthorn.bench;

import java.io.PrintWriter;
import java.util.List;

/** Tells people what is being done, a line for each run. */
final class Progress {
    private final PrintWriter out;

    Progress(PrintWriter out) {
        this.out = out;
    }

    void begins(BenchCase benchCase, Schedule schedule) {
        say("");
        say("== " + benchCase.title() + " (" + benchCase.name() + "): "
                + schedule.slots().size() + " runs");
        say(benchCase.what());
    }

    void warmingUp(Server server) {
        say("warming up " + server.name());
    }

    void ran(Run run, int rounds) {
        String text = run.isValid() ? figures(run) : "INVALID: " + run.error();
        say(String.format("run %d of %d  %-20s %s", run.round(), rounds, run.server(), text));
        if (run.isLimitedByLoad()) {
            say("      THE LOAD GENERATOR WAS THE LIMIT, not " + run.server() + ": its throughput is a lower bound.");
        }
    }

    /** The case's table, and what came of its goals. */
    void ended(CaseRuns runs) {
        say("");
        say(CaseTable.of(runs).toString());
        if (!runs.benchCase().goals().isEmpty()) {
            say(GoalTable.of(List.of(runs)).toString());
        }
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    private static String figures(Run run) {
        if (run.figures().containsKey(Metric.RSS_EACH.key())) {
            return String.format(
                    "%s B of live heap per connection, %s B of memory",
                    Numbers.whole(run.figure(Metric.HEAP)), Numbers.whole(run.figure(Metric.RSS_EACH)));
        }
        return String.format(
                "%s µs of CPU (user %s), %s/s, p50 %s ms, p99 %s ms",
                Numbers.of(run.figure(Metric.CPU)),
                Numbers.of(run.figure(Metric.USER)),
                Numbers.whole(run.figure(Metric.RATE)),
                Numbers.millis(run.figure(Metric.P50)),
                Numbers.millis(run.figure(Metric.P99)));
    }
}
