package io.posthorn.bench;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class JudgeTest {
    private static final Goal HALF = new Goal.Ratio(Metric.CPU, "posthorn", "netty", 0.5);

    @Test
    void aRatioIsTheMedianOfTheRatiosWithinEachRound() {
        // The medians' ratio would be 4 / 20.
        Runs runs = new Runs().of("posthorn", 4, 2, 9).of("netty", 40, 4, 20);

        Judgement judgement = Judge.judge(runs.all(), HALF);

        assertThat(judgement.measured().median()).isCloseTo(0.45, within(1e-9));
        assertThat(judgement.verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void aRoundThatOneOfBothLacksHasNoRatio() {
        Runs runs = new Runs().of("posthorn", 1, 2).of("netty", 10);

        assertThat(Judge.judge(runs.all(), HALF).measured().size()).isEqualTo(1);
    }

    @Test
    void whatIsTooMuchMissesByAShareOfTheLimit() {
        Judgement judgement =
                Judge.judge(new Runs().of("posthorn", 6).of("netty", 10).all(), HALF);

        assertThat(judgement.verdict()).isEqualTo(Verdict.MISSES);
        assertThat(judgement.excess()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void within25PercentOfOneTheUserTimeDecides() {
        Goal goal = new Goal.Ratio(Metric.CPU, "posthorn", "netty", 0.5);
        Runs runs = new Runs().add("posthorn", 1, 7.6, 0.4).add("netty", 1, 10.0, 1.0);

        Judgement judgement = Judge.judge(runs.all(), goal);

        assertThat(judgement.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(judgement.measured().median()).isCloseTo(0.76, within(1e-9));
        assertThat(judgement.userTime().median()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void nearOneFewerThanNineRoundsAreDoubtful() {
        Goal goal = new Goal.Ratio(Metric.CPU, "posthorn", "netty", 1.2);
        Runs eight = new Runs().of("posthorn", 1, 1, 1, 1, 1, 1, 1, 1).of("netty", 1, 1, 1, 1, 1, 1, 1, 1);
        Runs nine = new Runs().of("posthorn", 1, 1, 1, 1, 1, 1, 1, 1, 1).of("netty", 1, 1, 1, 1, 1, 1, 1, 1, 1);

        assertThat(Judge.judge(eight.all(), goal).isDoubtful()).isTrue();
        assertThat(Judge.judge(nine.all(), goal).isDoubtful()).isFalse();
    }

    @Test
    void fartherFromOneTheTotalDecides() {
        Runs runs = new Runs().add("posthorn", 1, 7.4, 0.4).add("netty", 1, 10.0, 1.0);

        Judgement judgement = Judge.judge(runs.all(), HALF);

        assertThat(judgement.userTime().isEmpty()).isTrue();
        assertThat(judgement.verdict()).isEqualTo(Verdict.MISSES);
    }

    @Test
    void aCeilingHoldsForTheMedian() {
        Goal goal = new Goal.Ceiling(Metric.CPU, "posthorn", 50);

        assertThat(Judge.judge(new Runs().of("posthorn", 40, 50, 90).all(), goal)
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(Judge.judge(new Runs().of("posthorn", 40, 51, 90).all(), goal)
                        .verdict())
                .isEqualTo(Verdict.MISSES);
    }

    @Test
    void anInvalidRunCountsForNothing() {
        Runs runs = new Runs()
                .of("netty", 10)
                .add(Runs.run("posthorn", 1, Map.of(Metric.CPU.key(), 1.0), "3 messages were lost or wrong"));

        assertThat(Judge.judge(runs.all(), HALF).verdict()).isEqualTo(Verdict.UNMEASURED);
    }
}
