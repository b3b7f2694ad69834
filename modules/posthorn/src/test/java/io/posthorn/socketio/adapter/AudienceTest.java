package io.posthorn.socketio.adapter;

import io.posthorn.transport.Outbox.Delivery;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class AudienceTest {
    @Test
    void everybodyIsAnAudienceWithoutRooms() {
        assertThat(Audience.everybody()).isEqualTo(new Audience(Set.of(), Set.of(), false, Delivery.DROPPABLE));
    }

    @Test
    void eachStepMakesAnotherAudienceAndLeavesTheFirst() {
        Audience room = Audience.everybody().to("a");
        Audience two = room.to("b").to("b").except("c").local().by(Delivery.VOLATILE);

        assertThat(room).isEqualTo(new Audience(Set.of("a"), Set.of(), false, Delivery.DROPPABLE));
        assertThat(two).isEqualTo(new Audience(Set.of("a", "b"), Set.of("c"), true, Delivery.VOLATILE));
    }

    @Test
    void itsSetsAreItsOwn() {
        Set<String> rooms = new HashSet<>(Set.of("a"));
        Audience audience = new Audience(rooms, rooms, false, Delivery.CERTAIN);
        rooms.add("b");

        assertThat(audience.rooms()).containsExactly("a");
        assertThat(audience.except()).containsExactly("a");
    }
}
