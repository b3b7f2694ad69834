package io.posthorn.transport;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What follows a cursor, for every place that one can have. */
class SequencerTest {
    private static final int ALL = 100;

    private final Sequencer sequencer = new Sequencer(3, 1_000_000);
    private final Cursor beginning = sequencer.position();

    @Test
    void messagesAreNumberedFromOne() {
        assertThat(beginning.number()).isZero();
        assertThat(sequencer.latest()).isEmpty();

        assertThat(publish("a").cursor()).contains(beginning.at(1));
        assertThat(publish("b").cursor()).contains(beginning.at(2));
        assertThat(sequencer.position()).isEqualTo(beginning.at(2));
        assertThat(sequencer.latest().flatMap(Message::cursor)).contains(beginning.at(2));
    }

    @Test
    void behindTheBeginningIsEverything() {
        publish("a", "b");
        Sequencer.Slice slice = sequencer.after(beginning, ALL);
        assertThat(texts(slice)).containsExactly("a", "b");
        assertThat(slice.gap()).isNull();
        assertThat(slice.position()).isEqualTo(beginning.at(2));
    }

    @Test
    void behindTheNewestIsNothingYet() {
        publish("a", "b");
        Sequencer.Slice slice = sequencer.after(beginning.at(2), ALL);
        assertThat(slice.messages()).isEmpty();
        assertThat(slice.gap()).isNull();
        assertThat(slice.position()).isEqualTo(beginning.at(2));
    }

    @Test
    void asManyComeAsAreWantedAndThePlaceIsBehindThem() {
        publish("a", "b", "c");
        Sequencer.Slice slice = sequencer.after(beginning, 2);
        assertThat(texts(slice)).containsExactly("a", "b");
        assertThat(slice.position()).isEqualTo(beginning.at(2));
        assertThat(texts(sequencer.after(slice.position(), 2))).containsExactly("c");
    }

    @Test
    void aPlaceJustBeforeTheOldestMissesNothing() {
        publish("a", "b", "c", "d", "e"); // the log holds c, d, e
        Sequencer.Slice slice = sequencer.after(beginning.at(2), ALL);
        assertThat(texts(slice)).containsExactly("c", "d", "e");
        assertThat(slice.gap()).isNull();
    }

    @Test
    void aPlaceThatIsTooOldIsAGapBeforeTheOldest() {
        publish("a", "b", "c", "d", "e");
        Sequencer.Slice slice = sequencer.after(beginning.at(1), ALL);
        assertThat(texts(slice)).containsExactly("c", "d", "e");
        assertThat(slice.gap()).isEqualTo(new Gap(beginning.at(1), beginning.at(3)));
    }

    @Test
    void anotherEpochIsAGapBeforeTheOldest() {
        publish("a", "b");
        Cursor other = new Cursor("another", 1);
        Sequencer.Slice slice = sequencer.after(other, ALL);
        assertThat(texts(slice)).containsExactly("a", "b");
        assertThat(slice.gap()).isEqualTo(new Gap(other, beginning.at(1)));
    }

    @Test
    void aPlaceThatIsStillToComeIsAGapBeforeTheOldest() {
        publish("a");
        Sequencer.Slice slice = sequencer.after(beginning.at(2), ALL);
        assertThat(texts(slice)).containsExactly("a");
        assertThat(slice.gap()).isEqualTo(new Gap(beginning.at(2), beginning.at(1)));
    }

    @Test
    void whatWasNeverACursorIsAGapBehindNobodyKnowsWhat() {
        publish("a");
        Sequencer.Slice slice = sequencer.after(null, ALL);
        assertThat(texts(slice)).containsExactly("a");
        assertThat(slice.gap()).isEqualTo(new Gap(null, beginning.at(1)));
    }

    @Test
    void whereThereIsNothingYetAGapEndsBeforeTheFirstToCome() {
        Sequencer.Slice known = sequencer.after(beginning, ALL);
        assertThat(known.messages()).isEmpty();
        assertThat(known.gap()).isNull();
        assertThat(known.position()).isEqualTo(beginning);

        Cursor other = new Cursor("another", 9);
        Sequencer.Slice unknown = sequencer.after(other, ALL);
        assertThat(unknown.messages()).isEmpty();
        assertThat(unknown.gap()).isEqualTo(new Gap(other, beginning.at(1)));
        assertThat(unknown.position()).isEqualTo(beginning);
    }

    @Test
    void twoSequencesHaveDifferentEpochs() {
        assertThat(new Sequencer(1, 1).position().epoch()).isNotEqualTo(beginning.epoch());
    }

    @Test
    void aLogOfNoMessagesIsRefused() {
        assertThatThrownBy(() -> new Sequencer(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A log keeps at least one message, not 0");
    }

    private void publish(String... texts) {
        List.of(texts).forEach(this::publish);
    }

    private Message publish(String text) {
        return sequencer.publish(Message.of(null, Payload.text(text)));
    }

    private static List<String> texts(Sequencer.Slice slice) {
        return slice.messages().stream()
                .map(message -> message.payload().orElseThrow().text())
                .toList();
    }
}
