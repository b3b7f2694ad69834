package io.posthorn.transport;

import io.posthorn.transport.EventStream.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventSourceFramingTest {
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Framing PLAIN = EventSourceFraming.of(Content.PLAIN, null, RETRY);
    private static final Framing ENVELOPE = EventSourceFraming.of(new WholeMessage(), null, RETRY);
    private static final Cursor EIGHT = new Cursor("k3", 8);
    private static final Gap GAP = new Gap(new Cursor("k3", 4), EIGHT);

    /** Everything in one text, as an envelope has it. */
    private static final class WholeMessage implements Content {
        @Override
        public Payload of(Message message) {
            return Payload.text("<" + message.cursor().orElseThrow() + ">");
        }

        @Override
        public boolean isEnvelope() {
            return true;
        }
    }

    @Test
    void theAnswerIsNeitherStoredNorBuffered() {
        assertThat(PLAIN.headers())
                .containsOnly(
                        Map.entry("Content-Type", "text/event-stream"),
                        Map.entry("Cache-Control", "no-store, no-transform"),
                        Map.entry("X-Accel-Buffering", "no"),
                        Map.entry("X-Content-Type-Options", "nosniff"));
        assertThat(PLAIN.type()).isEqualTo(TransportType.EVENT_SOURCE);
        assertThat(PLAIN.tellsPosition()).isTrue();
    }

    @Test
    void theStreamBeginsWithHowLongToWait() {
        assertThat(PLAIN.prelude()).asString(StandardCharsets.UTF_8).isEqualTo("retry: 2000\n\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventSourceFraming.of(Content.PLAIN, null, Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
    }

    @Test
    void aCommentShowsThatTheConnectionLives() {
        assertThat(PLAIN.keepAlive()).asString(StandardCharsets.UTF_8).isEqualTo(":\n\n");
        assertThat(EventStream.of(PLAIN.keepAlive()).comments()).containsExactly("");
    }

    @Test
    void theStreamEndsWithoutAWord() {
        assertThat(PLAIN.end(EIGHT)).isEmpty();
        assertThat(PLAIN.end(null)).isEmpty();
    }

    @Test
    void aMessageIsItsCursorItsNameAndItsData() {
        assertThat(wire(PLAIN, message("tick", "12:00:00"))).isEqualTo("id: k3-8\nevent: tick\ndata: 12:00:00\n\n");
        assertThat(wire(PLAIN, message(null, "12:00:00"))).isEqualTo("id: k3-8\ndata: 12:00:00\n\n");
    }

    @Test
    void aMessageThatIsNotNumberedHasNoId() {
        assertThat(wire(PLAIN, Message.of(null, Payload.text("a")))).isEqualTo("data: a\n\n");
    }

    @Test
    void anAskedForNameIsForMessagesWithoutOne() {
        Framing named = EventSourceFraming.of(Content.PLAIN, "open", RETRY);
        assertThat(wire(named, message(null, "a"))).isEqualTo("id: k3-8\nevent: open\ndata: a\n\n");
        assertThat(wire(named, message("tick", "a"))).isEqualTo("id: k3-8\nevent: tick\ndata: a\n\n");
    }

    @Test
    void aNameCannotBecomeLines() {
        Framing hostile = EventSourceFraming.of(Content.PLAIN, "a\r\ndata: b\n\nid: c\0", RETRY);
        assertThat(wire(hostile, message(null, "d"))).isEqualTo("id: k3-8\nevent: adata: bid: c\ndata: d\n\n");
        Framing empty = EventSourceFraming.of(Content.PLAIN, "\r\n", RETRY);
        assertThat(wire(empty, message(null, "d"))).isEqualTo("id: k3-8\ndata: d\n\n");
    }

    @Test
    void everyNewlineFormEndsALine() {
        assertThat(data("a\r\nb")).isEqualTo("data: a\ndata: b\n");
        assertThat(data("a\rb")).isEqualTo("data: a\ndata: b\n");
        assertThat(data("a\nb")).isEqualTo("data: a\ndata: b\n");
        assertThat(data("a\n\rb")).isEqualTo("data: a\ndata: \ndata: b\n");
    }

    @Test
    void newlinesAtTheEndArePartOfTheText() {
        assertThat(data("a\n")).isEqualTo("data: a\ndata: \n");
        assertThat(data("\r\n\r\n")).isEqualTo("data: \ndata: \ndata: \n");
    }

    @Test
    void anEmptyTextIsAnEvent() {
        assertThat(data("")).isEqualTo("data: \n");
        assertThat(read(message(null, "")).events()).containsExactly(new Event("message", "", "k3-8"));
    }

    @Test
    void whatABrowserMightTakeForItsOwnStays() {
        assertThat(data(" a")).isEqualTo("data:  a\n");
        assertThat(data(": a")).isEqualTo("data: : a\n");
        assertThat(data("\ufeffa")).isEqualTo("data: \ufeffa\n");
        assertThat(data("a\u2028b\u2029c\u0085")).isEqualTo("data: a\u2028b\u2029c\u0085\n");
        assertThat(read(message(null, " \ufeffa\u2028")).events())
                .containsExactly(new Event("message", " \ufeffa\u2028", "k3-8"));
    }

    @Test
    void aCharacterOfFourBytesIsWritten() {
        assertThat(PLAIN.encode(Message.of(null, Payload.text("🐎"))))
                .asHexString()
                .isEqualTo("646174613A20" + "F09F908E" + "0A0A");
    }

    @Test
    void bytesAreBase64InOneLine() {
        Message bytes = Message.of(null, Payload.binary(new byte[100])).at(EIGHT);
        assertThat(wire(PLAIN, bytes)).isEqualTo("id: k3-8\ndata: " + "A".repeat(134) + "==\n\n");
    }

    @Test
    void aPositionSetsTheIdAndDispatchesNothing() {
        Message position = Message.position(EIGHT, null);
        assertThat(wire(PLAIN, position)).isEqualTo("id: k3-8\n\n");
        EventStream stream = read(position);
        assertThat(stream.events()).isEmpty();
        assertThat(stream.lastEventId()).isEqualTo("k3-8");
    }

    @Test
    void aGapIsAnEventBeforeTheMessage() {
        Message message = message("tick", "a").withGap(GAP);
        assertThat(wire(PLAIN, message)).isEqualTo("""
                event: gap
                data: {"after":"k3-4","before":"k3-8"}

                id: k3-8
                event: tick
                data: a

                """);
        // Who leaves between the two comes back with what it had before the gap.
        assertThat(read(message).events())
                .containsExactly(
                        new Event("gap", "{\"after\":\"k3-4\",\"before\":\"k3-8\"}", ""),
                        new Event("tick", "a", "k3-8"));
    }

    @Test
    void aGapThatBeginsNobodyKnowsWhereHasNoAfter() {
        assertThat(wire(PLAIN, message(null, "a").withGap(new Gap(null, EIGHT))))
                .isEqualTo("event: gap\ndata: {\"before\":\"k3-8\"}\n\nid: k3-8\ndata: a\n\n");
    }

    @Test
    void aGapBeforeAPositionTakesItsId() {
        Message position = Message.position(EIGHT, GAP);
        assertThat(wire(PLAIN, position))
                .isEqualTo("id: k3-8\nevent: gap\ndata: {\"after\":\"k3-4\",\"before\":\"k3-8\"}\n\n");
        EventStream stream = read(position);
        assertThat(stream.events())
                .containsExactly(new Event("gap", "{\"after\":\"k3-4\",\"before\":\"k3-8\"}", "k3-8"));
        assertThat(stream.lastEventId()).isEqualTo("k3-8");
    }

    @Test
    void anEnvelopeHoldsTheGapAndIsSentForAPositionToo() {
        assertThat(wire(ENVELOPE, message("tick", "a").withGap(GAP)))
                .isEqualTo("id: k3-8\nevent: tick\ndata: <k3-8>\n\n");
        assertThat(wire(ENVELOPE, Message.position(EIGHT, GAP))).isEqualTo("id: k3-8\ndata: <k3-8>\n\n");
    }

    @Test
    void framingsOfTheSameBytesAreEqual() {
        assertThat(EventSourceFraming.of(Content.PLAIN, null, RETRY))
                .isEqualTo(PLAIN)
                .hasSameHashCodeAs(PLAIN);
        assertThat(PLAIN)
                .isNotEqualTo(ENVELOPE)
                .isNotEqualTo(EventSourceFraming.of(Content.PLAIN, "open", RETRY))
                .isNotEqualTo(EventSourceFraming.of(Content.PLAIN, null, Duration.ofSeconds(3)));
    }

    @Test
    void anyTextsComeBackWithTheirNewlinesAsLineFeeds() {
        long seed = 20261122;
        Random random = new Random(seed);
        List<String> pieces =
                List.of("\r", "\n", "\r\n", "\0", ":", " ", "data", "id: 7", "🐎", "\ufeff", "\u2028", "é");
        for (int round = 0; round < 2_000; round++) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            wire.writeBytes(PLAIN.prelude());
            Event[] expected = new Event[1 + random.nextInt(4)];
            for (int i = 0; i < expected.length; i++) {
                String text = text(random, pieces);
                wire.writeBytes(
                        PLAIN.encode(Message.of(null, Payload.text(text)).at(EIGHT.at(i))));
                wire.writeBytes(PLAIN.keepAlive());
                expected[i] = new Event("message", text.replace("\r\n", "\n").replace('\r', '\n'), "k3-" + i);
            }
            EventStream stream = EventStream.of(wire.toByteArray());
            assertThat(stream.events())
                    .as("seed %d, round %d: %s", seed, round, wire.toString(StandardCharsets.UTF_8))
                    .containsExactly(expected);
            assertThat(stream.retry()).isEqualTo("2000");
        }
    }

    private static String text(Random random, List<String> pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    private static Message message(@Nullable String event, String text) {
        return Message.of(event, Payload.text(text)).at(EIGHT);
    }

    /** The data lines of a text. */
    private static String data(String text) {
        String wire = wire(PLAIN, Message.of(null, Payload.text(text)));
        assertThat(wire).endsWith("\n\n");
        return wire.substring(0, wire.length() - 1);
    }

    private static String wire(Framing framing, Message message) {
        return new String(framing.encode(message), StandardCharsets.UTF_8);
    }

    private static EventStream read(Message message) {
        return EventStream.of(PLAIN.encode(message));
    }
}
