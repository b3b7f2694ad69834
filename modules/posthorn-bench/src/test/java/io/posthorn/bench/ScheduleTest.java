package io.posthorn.bench;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTest {
    private static final List<Server> SERVERS =
            Selection.of(List.of(), List.of("posthorn", "netty", "ws"), false).in(Runs.ECHO);

    @Test
    void theServersAlternate() {
        assertThat(words(Schedule.missing(Runs.ECHO, SERVERS, 2, List.of())))
                .containsExactly("1 posthorn", "1 netty", "1 ws", "2 posthorn", "2 netty", "2 ws");
    }

    @Test
    void whoStandsInARatioRunsNineTimesAndTheOthersThreeTimes() {
        List<String> turns = words(Schedule.missing(Runs.ECHO, SERVERS, 0, List.of()));

        assertThat(turns).filteredOn(turn -> turn.endsWith(" posthorn")).hasSize(9);
        assertThat(turns).filteredOn(turn -> turn.endsWith(" netty")).hasSize(9);
        assertThat(turns).filteredOn(turn -> turn.endsWith(" ws")).hasSize(3);
    }

    @Test
    void whatIsThereIsNotRunAgain() {
        List<Run> made = new Runs().of("posthorn", 7, 7).of("netty", 7).all().runs();

        assertThat(words(Schedule.missing(Runs.ECHO, SERVERS, 2, made))).containsExactly("1 ws", "2 netty", "2 ws");
    }

    @Test
    void anInvalidRunIsMadeAgain() {
        List<Run> made = List.of(Runs.run("ws", 1, Map.of(), "ws does not listen"));

        assertThat(words(Schedule.missing(Runs.ECHO, SERVERS, 1, made))).contains("1 ws");
    }

    @Test
    void whenNothingIsMissingThereIsNothingToStart() {
        List<Run> made =
                new Runs().of("posthorn", 7).of("netty", 7).of("ws", 7).all().runs();

        Schedule schedule = Schedule.missing(Runs.ECHO, SERVERS, 1, made);

        assertThat(schedule.isEmpty()).isTrue();
        assertThat(schedule.servers()).isEmpty();
    }

    private static List<String> words(Schedule schedule) {
        return schedule.slots().stream()
                .map(slot -> slot.round() + " " + slot.server().name())
                .toList();
    }
}
