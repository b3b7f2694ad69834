package io.posthorn.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {
    private static final Machine MACHINE = new Machine("A Processor", 2, 24_000, "Linux 6.18");
    private static final Cores PINNED = Cores.of(List.of(0, 1), true);
    private static final Cores SHARED = Cores.of(List.of(0), true);

    @Test
    void theServerThatNeedsLeastComesFirst() {
        String text = markdown(new Runs().of("netty", 7.0, 8.0, 9.0).of("posthorn", 6.5));

        assertThat(row(text, "| Posthorn ")).contains("| 1 ", "| **6.50** ", "| 0.650 ");
        assertThat(row(text, "| Netty ")).contains("| 3 ", "| **8.00** ", "| 7.00 to 9.00 ");
        assertThat(text.indexOf("| Posthorn ")).isLessThan(text.indexOf("| Netty "));
    }

    @Test
    void aGoalIsToldWithWhatWasMeasuredAndByHowMuchItIsMissed() {
        String text = markdown(new Runs().of("netty", 10).of("posthorn", 18));

        assertThat(row(text, "| WebSocket echo, depth 1 "))
                .contains("server CPU ≤ 0.9 × Netty", "1.80", "**misses by 100 %**");
    }

    @Test
    void aGoalNearOneIsToldInTotalAndInUserTime() {
        String text = markdown(new Runs().add("netty", 1, 7.0, 1.0).add("posthorn", 1, 7.0, 0.4));

        assertThat(row(text, "| WebSocket echo, depth 1 "))
                .contains("1.00 (", "in user CPU 0.400 (", "holds, by user CPU; fewer than 9 runs say little");
    }

    @Test
    void anInvalidRunIsShownWithItsReason() {
        Run invalid = Runs.run("posthorn", 2, Map.of(), "3 messages were lost or wrong");

        assertThat(markdown(new Runs().of("posthorn", 6).add(invalid)))
                .contains("2 runs, of which 1 are invalid", "**1 INVALID**: 3 messages were lost or wrong");
    }

    @Test
    void aLoadGeneratorAtItsLimitIsToldLoudly() {
        Run limited = Runs.run(
                "posthorn",
                1,
                Map.of(Metric.CPU.key(), 1.0, Metric.CLIENT_LOAD.key(), 97.0, Metric.SERVER_LOAD.key(), 60.0),
                null);

        assertThat(markdown(new Runs().add(limited)))
                .contains("**IN 1 RUNS THE LOAD GENERATOR WAS THE LIMIT**", "**THE LOAD WAS THE LIMIT** in 1 of 1");
    }

    @Test
    void aQuickRunIsNeverForAClaim() {
        assertThat(MarkdownReport.of(report(new Runs().of("netty", 7), PINNED, true)))
                .contains("**FOR ORIENTATION ONLY, NEVER FOR A CLAIM**");
        assertThat(markdown(new Runs().of("netty", 7))).doesNotContain("ORIENTATION");
    }

    @Test
    void aSharedProcessorAndAnAbsentServerAreTold() {
        assertThat(MarkdownReport.of(report(new Runs().of("netty", 7), SHARED, false)))
                .contains("**SERVER AND LOAD ARE NOT KEPT APART", "Without `nchan`: there is no nginx.");
    }

    @Test
    void versionsComeWithTheFlagsOfTheirJvm() {
        assertThat(row(markdown(new Runs().of("netty", 7)), "| netty "))
                .contains("netty 1.0", "`-XX:+UseSerialGC -Xms1g -Xmx1g`");
    }

    @Test
    void theSameIsThereForPrograms() {
        String json = JsonReport.of(report(new Runs().of("netty", 10).of("posthorn", 5), PINNED, false));

        var echo = RunLog.JSON.readTree(json).path("cases").path(0);
        assertThat(echo.path("name").asString()).isEqualTo("ws-echo-1");
        assertThat(echo.at("/servers/0/cpuMicrosPerMessage/median").asDouble()).isEqualTo(5);
        assertThat(echo.at("/goals/0/verdict").asString()).isEqualTo("HOLDS");
        assertThat(echo.at("/goals/0/measured/median").asDouble()).isEqualTo(0.5);
    }

    @Test
    void eachCaseHasItsPictureAndThereIsOneOfAll(@TempDir Path folder) {
        ReportFiles.write(report(new Runs().of("netty", 10).of("posthorn", 5), PINNED, false), folder);

        assertThat(folder.resolve("ws-echo-1.svg")).content().contains("Posthorn", "Netty", "µs of server CPU");
        assertThat(folder.resolve("overview.svg")).content().contains("server CPU / Netty", "class='mark'");
        assertThat(folder).isDirectoryContaining("glob:**report.md").isDirectoryContaining("glob:**report.json");
    }

    private static String markdown(Runs runs) {
        return MarkdownReport.of(report(runs, PINNED, false));
    }

    private static Report report(Runs runs, Cores cores, boolean quick) {
        return new Report(MACHINE, cores, quick, List.of(runs.all()), Map.of("nchan", "there is no nginx"));
    }

    private static String row(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).findFirst().orElse("no row " + start);
    }
}
