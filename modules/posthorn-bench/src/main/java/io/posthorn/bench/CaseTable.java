package io.posthorn.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What was measured in a case: a row for each server, the one that needs least first. */
final class CaseTable {
    private CaseTable() {}

    static Table of(CaseRuns runs) {
        Action action = runs.benchCase().load().action();
        List<String> header = new ArrayList<>(List.of("server", "runs"));
        header.addAll(
                switch (action) {
                    case IDLE -> List.of("live heap per connection, B", "spread", "memory per connection, B", "spread");
                    case HANDSHAKE ->
                        List.of("server CPU µs per connect", "spread", "user µs", "connects/s", "memory MiB");
                    case ECHO, FANOUT ->
                        List.of(
                                "server CPU µs per message",
                                "spread",
                                "user µs",
                                "messages/s",
                                "p50 ms",
                                "p99 ms",
                                "p99.9 ms",
                                "memory MiB",
                                "server's core %",
                                "load's core %",
                                "messages per read");
                });
        header.add("remarks");
        Table table = new Table(header);
        servers(runs).forEach(server -> table.add(row(runs, server)));
        return table;
    }

    /** Those with any run, the one that needs least first. */
    static List<Server> servers(CaseRuns runs) {
        Metric metric = runs.benchCase().load().action().metric();
        return Servers.ALL.stream()
                .filter(server -> !runs.all(server.name()).isEmpty())
                .sorted(Comparator.comparingDouble(
                        server -> runs.sample(server.name(), metric).median()))
                .toList();
    }

    private static List<String> row(CaseRuns runs, Server server) {
        List<String> row = new ArrayList<>();
        row.add(server.title());
        row.add(Integer.toString(runs.valid(server.name()).size()));
        row.addAll(
                switch (runs.benchCase().load().action()) {
                    case IDLE -> idle(runs, server.name());
                    case HANDSHAKE -> handshake(runs, server.name());
                    case ECHO, FANOUT -> traffic(runs, server.name());
                });
        row.add(remarks(runs, server));
        return row;
    }

    private static List<String> idle(CaseRuns runs, String server) {
        Sample heap = runs.sample(server, Metric.HEAP);
        Sample resident = runs.sample(server, Metric.RSS_EACH);
        return List.of(
                Numbers.whole(heap.median()),
                Numbers.spread(heap),
                Numbers.whole(resident.median()),
                Numbers.spread(resident));
    }

    private static List<String> handshake(CaseRuns runs, String server) {
        Sample cpu = runs.sample(server, Metric.CPU);
        return List.of(
                "**" + Numbers.of(cpu.median()) + "**",
                Numbers.spread(cpu),
                Numbers.of(median(runs, server, Metric.USER)),
                Numbers.whole(median(runs, server, Metric.RATE)),
                Numbers.mebi(median(runs, server, Metric.RSS)));
    }

    private static List<String> traffic(CaseRuns runs, String server) {
        Sample cpu = runs.sample(server, Metric.CPU);
        return List.of(
                "**" + Numbers.of(cpu.median()) + "**",
                Numbers.spread(cpu),
                Numbers.of(median(runs, server, Metric.USER)),
                Numbers.whole(median(runs, server, Metric.RATE)),
                Numbers.millis(median(runs, server, Metric.P50)),
                Numbers.millis(median(runs, server, Metric.P99)),
                Numbers.millis(median(runs, server, Metric.P999)),
                Numbers.mebi(median(runs, server, Metric.RSS)),
                Numbers.whole(median(runs, server, Metric.SERVER_LOAD)),
                Numbers.whole(median(runs, server, Metric.CLIENT_LOAD)),
                Numbers.of(median(runs, server, Metric.PER_READ)));
    }

    private static double median(CaseRuns runs, String server, Metric metric) {
        return runs.sample(server, metric).median();
    }

    private static String remarks(CaseRuns runs, Server server) {
        List<String> remarks = new ArrayList<>();
        Load load = runs.benchCase().load();
        if (!server.speaks(load.protocol())) {
            remarks.add("over " + load.protocolFor(server).title());
        }
        List<Run> valid = runs.valid(server.name());
        long limited = valid.stream().filter(Run::isLimitedByLoad).count();
        if (limited > 0) {
            remarks.add("**THE LOAD WAS THE LIMIT** in " + limited + " of " + valid.size());
        }
        runs.all(server.name()).stream()
                .filter(run -> !run.isValid())
                .collect(Collectors.groupingBy(run -> String.valueOf(run.error()), Collectors.counting()))
                .forEach((error, count) -> remarks.add("**" + count + " INVALID**: " + error));
        return String.join("; ", remarks);
    }
}
