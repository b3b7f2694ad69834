package io.posthorn.bench;

import org.junit.jupiter.api.Test;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What other programs print, and what is read from it. */
class ToolOutputTest {
    @Test
    void theFiguresOfTheLoadGeneratorAreItsNumbers() {
        String line = "{\"case\":\"echo\",\"messages\":1000,\"cpuMicrosPerMessage\":6.25,\"errors\":0}";

        assertThat(LoadGenerator.figures(line))
                .hasSize(3)
                .containsEntry("messages", 1000.0)
                .containsEntry("cpuMicrosPerMessage", 6.25)
                .containsEntry("errors", 0.0);
    }

    @Test
    void theLiveHeapIsTheTotalOfTheHistogram() {
        String histogram = """
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         24242        2424200  [B (java.base@17.0.15)
                Total         99999       12345678
                """;

        assertThat(HeapHistogram.total(histogram)).isEqualTo(12_345_678);
    }

    @Test
    void aHistogramWithoutTotalIsToldByItsFirstLine() {
        assertThatThrownBy(() -> HeapHistogram.total("4711: No such process\n"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("No such process");
    }

    @Test
    void residentMemoryIsALineOfTheStatus() {
        assertThat(ProcessStatus.resident(Stream.of("VmHWM:\t  200 kB", "VmRSS:\t  123 kB")))
                .isEqualTo(123);
        assertThat(ProcessStatus.resident(Stream.of("Name:\tjava"))).isZero();
    }
}
