package io.posthorn.transport;

import io.posthorn.transport.Outbox.Delivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that many readers get together, and who takes them so. */
class BurstTest {
    private final Cursor epoch = new Cursor("k", 0);
    private final RecordedTransport transport = RecordedTransport.sharing(100);
    private int dropped;
    private final Outbox outbox = new Outbox(1000, Overflow.DROP_OLDEST, new Outbox.Listener() {
        @Override
        public void onDropped(int messages) {
            dropped += messages;
        }

        @Override
        public void onGap() {}

        @Override
        public void onOverflow() {}
    });

    @Test
    void itIsOnTheWireOnceForAllReadersOfOneForm() {
        try (Burst burst = burst(1, 3)) {
            WebSocketTransport.Frames form = new WebSocketTransport.Frames(Content.PLAIN);
            WebSocketTransport.Frames equal = new WebSocketTransport.Frames(Content.PLAIN);

            assertThat(burst.as(form)).isSameAs(burst.as(equal));
            assertThat(burst.as(form).messages()).isEqualTo(3);
        }
    }

    @Test
    void readersOfOtherFormsGetTheirs() {
        try (Burst burst = burst(1, 3)) {
            Content nothing = new Content() {
                @Override
                public @Nullable Payload of(Message message) {
                    return null;
                }

                @Override
                public boolean isEnvelope() {
                    return false;
                }
            };
            WebSocketTransport.Frames plain = new WebSocketTransport.Frames(Content.PLAIN);
            WebSocketTransport.Frames silent = new WebSocketTransport.Frames(nothing);

            assertThat(burst.as(plain).messages()).isEqualTo(3);
            assertThat(burst.as(silent).messages()).isZero();
            assertThat(burst.as(plain).messages()).isEqualTo(3);
        }
    }

    @Test
    void itGoesStraightThroughWhereNothingWaits() {
        outbox.attach(transport);

        assertThat(offer(1, 3)).isTrue();
        assertThat(transport.told()).containsExactly("1", "2", "3");
        assertThat(transport.flushes()).isZero();
    }

    @Test
    void itOvertakesNothingThatWaits() {
        RecordedTransport full = RecordedTransport.sharing(0);
        outbox.attach(full);
        outbox.offer(message(1));
        full.room(100);

        assertThat(offer(2, 2)).isFalse();
        outbox.onWritable();
        assertThat(offer(2, 2)).isTrue();
        assertThat(full.told()).containsExactly("1", "2");
    }

    @Test
    void itIsNotTakenWithoutATransport() {
        assertThat(offer(1, 2)).isFalse();
        outbox.attach(transport);
        assertThat(offer(1, 2)).isTrue();
        outbox.detach();
        assertThat(offer(3, 3)).isFalse();
    }

    @Test
    void itIsNotTakenWhereAGapIsToBeTold() {
        outbox.attach(transport);
        outbox.missing(epoch);

        assertThat(offer(2, 2)).isFalse();
        outbox.offer(message(2));
        outbox.flush();
        assertThat(transport.told()).containsExactly("(0..2)2");
    }

    @Test
    void aGapBehindItIsToldFromItsEnd() {
        outbox.attach(transport);
        offer(1, 3);
        transport.room(0);
        IntStream.rangeClosed(4, 40).forEach(number -> outbox.offer(message(number)));
        assertThat(dropped).isPositive();
        transport.room(100);
        outbox.onWritable();

        assertThat(transport.told()).contains("3", "(3.." + (dropped + 4) + ")" + (dropped + 4));
    }

    @Test
    void itIsNotTakenWhileTheOutboxIsClosedToBursts() {
        outbox.attach(transport);
        outbox.openToBursts(false);
        assertThat(offer(1, 1)).isFalse();
        outbox.openToBursts(true);
        assertThat(offer(1, 1)).isTrue();
    }

    @Test
    void aTransportWithoutSharedBytesTakesNone() {
        outbox.attach(RecordedTransport.poll(10));
        assertThat(offer(1, 1)).isFalse();
    }

    private boolean offer(int from, int to) {
        try (Burst burst = burst(from, to)) {
            return outbox.offer(burst);
        }
    }

    private Burst burst(int from, int to) {
        List<Message> messages =
                IntStream.rangeClosed(from, to).mapToObj(this::message).toList();
        return new Burst(messages, Delivery.DROPPABLE);
    }

    private Message message(int number) {
        return Message.of(null, Payload.text("0123456789")).at(epoch.at(number));
    }
}
