package io.posthorn.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What there is to tell.
 *
 * @param quick whether it may be used for orientation only
 * @param results of the cases that have any
 * @param absent why servers did not take part, by their names
 */
record Report(Machine machine, Cores cores, boolean quick, List<CaseRuns> results, Map<String, String> absent) {

    /** The versions of what was measured, by server. */
    Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        results.stream()
                .flatMap(each -> each.runs().stream())
                .forEach(run -> versions.put(run.server(), run.version()));
        return versions;
    }

    /** The first and the last day. */
    String dates() {
        List<String> days = results.stream()
                .flatMap(each -> each.runs().stream())
                .map(run -> run.date().substring(0, 10))
                .sorted()
                .distinct()
                .toList();
        return days.isEmpty() ? "" : days.size() == 1 ? days.get(0) : days.get(0) + " to " + days.get(days.size() - 1);
    }

    long runs() {
        return results.stream().mapToLong(each -> each.runs().size()).sum();
    }

    long invalid() {
        return results.stream()
                .flatMap(each -> each.runs().stream())
                .filter(run -> !run.isValid())
                .count();
    }

    long limitedByLoad() {
        return results.stream()
                .flatMap(each -> each.runs().stream())
                .filter(Run::isLimitedByLoad)
                .count();
    }
}
