package io.posthorn.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleTest {
    @Test
    void theMedianIsTheMiddleOfAnOddNumber() {
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void theMedianIsTheMeanOfBothInTheMiddleOfAnEvenNumber() {
        assertThat(Sample.of(9, 1, 5, 3).median()).isEqualTo(4);
    }

    @Test
    void theSpreadIsTheLeastAndTheMost() {
        Sample sample = Sample.of(9, 1, 5);
        assertThat(sample.least()).isEqualTo(1);
        assertThat(sample.most()).isEqualTo(9);
    }

    @Test
    void aRunWithoutTheFigureDoesNotCount() {
        assertThat(Sample.of(Double.NaN, 3).size()).isEqualTo(1);
        assertThat(Sample.of(Double.NaN, 3).median()).isEqualTo(3);
    }

    @Test
    void nothingHasNoMedian() {
        assertThat(Sample.of().isEmpty()).isTrue();
        assertThat(Sample.of().median()).isNaN();
        assertThat(Sample.of().least()).isNaN();
    }
}
