package io.posthorn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the report's files. */
final class ReportFiles {
    private ReportFiles() {}

    static void write(Report report, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("report.md"), MarkdownReport.of(report));
            Files.writeString(folder.resolve("report.json"), JsonReport.of(report));
            Files.writeString(folder.resolve("overview.svg"), Plots.overview(report.results()));
            for (CaseRuns runs : report.results()) {
                Files.writeString(folder.resolve(runs.benchCase().name() + ".svg"), Plots.of(runs));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
