package io.posthorn.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Measures what was chosen, case by case, and writes the report anew after each. */
final class Campaign {
    private final Selection selection;
    private final Places places;
    private final boolean quick;
    private final Progress progress;
    private final Cores cores = Cores.ofThisMachine();
    private final Machine machine = Machine.ofThis();
    private final Pace pace;
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final Map<String, String> absent = new LinkedHashMap<>();

    Campaign(Selection selection, Places places, boolean quick, PrintWriter out) {
        this.selection = selection;
        this.places = places;
        this.quick = quick;
        this.pace = quick ? Pace.QUICK : Pace.FULL;
        this.progress = new Progress(out);
    }

    /**
     * Makes the runs that are missing.
     *
     * @param runs of each server in each case; 0 for as many as the goals need
     */
    void run(int runs) {
        RunLog log = RunLog.open(places.out().resolve("runs.jsonl"));
        Processes processes = new Processes();
        LoadGenerator load = new LoadGenerator(places, cores, processes);
        Measuring.Field field = new Measuring.Field(places, cores, processes, pace, load, versions, log, progress);
        findServers();
        progress.say(cores.description());
        for (BenchCase benchCase : selection.cases()) {
            measure(benchCase, runs, field);
            report(log);
        }
    }

    private void findServers() {
        Versions found = new Versions(places);
        for (Server server : selection.needed()) {
            try {
                versions.put(server.name(), found.of(server));
            } catch (BenchException missing) {
                String reason = String.valueOf(missing.getMessage());
                absent.put(server.name(), reason);
                progress.say("without " + server.name() + ": " + reason);
            }
        }
    }

    private void measure(BenchCase benchCase, int runs, Measuring.Field field) {
        List<Server> present = selection.in(benchCase).stream()
                .filter(server -> versions.containsKey(server.name()))
                .toList();
        String fingerprint = fingerprint(benchCase, present);
        Schedule schedule =
                Schedule.missing(benchCase, present, runs, field.log().of(benchCase, fingerprint));
        if (schedule.isEmpty()) {
            progress.say("\n== " + benchCase.title() + " (" + benchCase.name() + "): nothing to do");
            return;
        }
        progress.begins(benchCase, schedule);
        Measuring.make(benchCase, schedule, field, fingerprint);
        progress.ended(field.log().newest(benchCase));
    }

    /** Who takes turns is part of it: figures are compared with those of the same hour. */
    private String fingerprint(BenchCase benchCase, List<Server> present) {
        List<String> parts = new ArrayList<>(List.of(
                benchCase.load().toString(), pace.toString(), cores.toString(), machine.toString(), loadGenerator()));
        present.forEach(
                server -> parts.add(server + " " + ServerProcess.jvmFlags(server) + " " + versions.get(server.name())));
        return Fingerprint.of(parts);
    }

    private String loadGenerator() {
        CRC32 sum = new CRC32();
        try {
            sum.update(Files.readAllBytes(places.loadGenerator()));
        } catch (IOException unreadable) {
            throw new BenchException("The load generator is not built: " + places.loadGenerator(), unreadable);
        }
        return Long.toHexString(sum.getValue());
    }

    private void report(RunLog log) {
        List<CaseRuns> results = Cases.ALL.stream()
                .map(log::newest)
                .filter(each -> !each.runs().isEmpty())
                .toList();
        Report report = new Report(machine, cores, quick, results, absent);
        ReportFiles.write(report, places.out());
        progress.say("The report is " + places.out().resolve("report.md"));
    }
}
