package io.posthorn.bench;

import java.util.List;

/** The report for people. */
final class MarkdownReport {
    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        MarkdownReport markdown = new MarkdownReport(report);
        markdown.head();
        markdown.goals();
        report.results().forEach(markdown::oneCase);
        markdown.versions();
        return markdown.text.toString();
    }

    private void head() {
        paragraph("# Posthorn and its peers");
        if (report.quick()) {
            paragraph("**FOR ORIENTATION ONLY, NEVER FOR A CLAIM**: short runs, few of them, few servers.");
        }
        paragraph("Measured on " + report.dates() + " by `./bench`: " + report.runs() + " runs, of which "
                + report.invalid() + " are invalid.");
        if (report.limitedByLoad() > 0) {
            paragraph("**IN " + report.limitedByLoad() + " RUNS THE LOAD GENERATOR WAS THE LIMIT**, not the server: the"
                    + " tables say where. Throughput is a lower bound there; CPU time per message holds.");
        }
        paragraph("Machine: " + report.machine() + ". "
                + bold(!report.cores().arePinned(), report.cores().description())
                + " Everything goes over the loopback interface.");
        paragraph("Figures are medians, with the least and the most behind them. **Server CPU time per message is the"
                + " figure to compare by**: it changes least when others use the machine. A fan-out's message is one that"
                + " one subscriber got. Ratios are medians of the ratios within each round of runs; those within 25 % of 1"
                + " are judged by user CPU time, because the rest is the kernel's and differs from run to run.");
        report.absent().forEach((server, reason) -> paragraph("Without `" + server + "`: " + reason + "."));
    }

    private void goals() {
        paragraph("## Goals");
        paragraph("![Posthorn's figures as parts of its peers', and the goals](overview.svg)");
        paragraph(GoalTable.of(report.results()).toString().strip());
    }

    private void oneCase(CaseRuns runs) {
        BenchCase benchCase = runs.benchCase();
        paragraph("## " + benchCase.title());
        paragraph(benchCase.what() + " `./bench --only " + benchCase.name() + "`");
        paragraph(CaseTable.of(runs).toString().strip());
        paragraph("![" + benchCase.title() + "](" + benchCase.name() + ".svg)");
    }

    private void versions() {
        paragraph("## Versions");
        Table table = new Table(List.of("server", "version", "JVM"));
        report.versions().forEach((name, version) -> table.add(List.of(name, version, flags(name))));
        paragraph(table.toString().strip());
    }

    private static String flags(String server) {
        return Servers.named(server)
                .filter(each -> each.platform().isJvm())
                .map(each -> "`" + ServerProcess.jvmFlags(each) + "`")
                .orElse("");
    }

    private static String bold(boolean loud, String words) {
        return loud ? "**" + words + "**" : words;
    }

    private void paragraph(String words) {
        text.append(text.isEmpty() ? "" : "\n").append(words).append('\n');
    }
}
