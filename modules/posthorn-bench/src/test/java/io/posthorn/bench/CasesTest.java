package io.posthorn.bench;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class CasesTest {
    @Test
    void everyServerOfACaseExistsAndSpeaksWhatItNeeds() {
        for (BenchCase benchCase : Cases.ALL) {
            for (String name : benchCase.servers()) {
                Server server = Servers.named(name).orElseThrow(() -> new AssertionError(name));
                assertThat(server.speaks(benchCase.load().protocolFor(server)))
                        .as("%s in %s", name, benchCase.name())
                        .isTrue();
            }
        }
    }

    @Test
    void whoeverStandsInAGoalTakesPart() {
        for (BenchCase benchCase : Cases.ALL) {
            for (Goal goal : benchCase.goals()) {
                assertThat(benchCase.servers()).as(benchCase.name()).contains(goal.server());
                if (goal instanceof Goal.Ratio ratio) {
                    assertThat(benchCase.servers()).as(benchCase.name()).contains(ratio.peer());
                }
            }
        }
    }

    @Test
    void namesAreUnique() {
        assertThat(Cases.ALL).extracting(BenchCase::name).doesNotHaveDuplicates();
        assertThat(Servers.ALL).extracting(Server::name).doesNotHaveDuplicates();
    }

    @Test
    void aServerWithoutSocketIoIsComparedOverWebSocket() {
        BenchCase room = Cases.named("sio-fanout-4").orElseThrow();
        Server netty = Servers.named("netty-once").orElseThrow();
        Server posthorn = Servers.named("posthorn").orElseThrow();

        assertThat(room.load().protocolFor(netty)).isEqualTo(Protocol.WEBSOCKET);
        assertThat(room.load().pathOn(netty)).isEqualTo("/fanout");
        assertThat(room.load().pathOn(posthorn)).isEqualTo("/socket.io/");
    }

    @Test
    void anUnknownNameIsToldWithWhatItShouldBe() {
        assertThat(catchThrowable(() -> Selection.of(List.of("ws-echo-2"), List.of(), false)))
                .hasMessage("There is no case ws-echo-2; --list names those that there are.");
    }
}
