package io.posthorn.bench;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CoresTest {
    @Test
    void aListOfProcessorsHasRanges() {
        assertThat(Cores.parse("0-2,8")).containsExactly(0, 1, 2, 8);
        assertThat(Cores.parse("5")).containsExactly(5);
        assertThat(Cores.parse("")).isEmpty();
    }

    @Test
    void theFirstAllowedIsTheServersAndTheSecondTheLoads() {
        Cores cores = Cores.of(List.of(4, 7), true);

        assertThat(cores.server()).containsExactly("taskset", "-c", "4");
        assertThat(cores.load()).containsExactly("taskset", "-c", "7");
    }

    @Test
    void whereTheyCannotBeKeptApartThatIsSaidLoudly() {
        assertThat(Cores.of(List.of(0), true)).satisfies(CoresTest::isLoud);
        assertThat(Cores.of(List.of(0, 1), false)).satisfies(CoresTest::isLoud);
    }

    private static void isLoud(Cores cores) {
        assertThat(cores.arePinned()).isFalse();
        assertThat(cores.load()).isEmpty();
        assertThat(cores.description()).startsWith("SERVER AND LOAD ARE NOT KEPT APART");
    }
}
