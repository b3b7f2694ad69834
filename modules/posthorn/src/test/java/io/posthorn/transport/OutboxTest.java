package io.posthorn.transport;

import io.posthorn.transport.Outbox.Delivery;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.posthorn.transport.Overflow.DISCONNECT;
import static io.posthorn.transport.Overflow.DROP_OLDEST;
import static io.posthorn.transport.Overflow.LATEST_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

/** One reader's queue. Messages are of 10 bytes and cost 74 with what each of them counts beside. */
class OutboxTest {
    private static final int COST = 10 + 64;

    private final Cursor epoch = new Cursor("k", 0);
    private final Told told = new Told();

    /** What the outbox told of itself. */
    private static final class Told implements Outbox.Listener {
        private int dropped;
        private int gaps;
        private int overflows;

        @Override
        public void onDropped(int messages) {
            dropped += messages;
        }

        @Override
        public void onGap() {
            gaps++;
        }

        @Override
        public void onOverflow() {
            overflows++;
        }
    }

    @Test
    void whatTheTransportHasRoomForGoesStraightThrough() {
        Outbox outbox = outbox(3, DROP_OLDEST);
        RecordedTransport transport = RecordedTransport.withRoomFor(2);
        outbox.attach(transport);
        offer(outbox, 1, 3);

        assertThat(transport.sent()).isEmpty(); // no system call before the flush
        assertThat(outbox.size()).isEqualTo(1);
        assertThat(outbox.bytes()).isEqualTo(COST);
        outbox.flush();
        assertThat(transport.told()).containsExactly("1", "2");
        assertThat(transport.flushes()).isEqualTo(1);
    }

    @Test
    void aFlushWithoutAWriteIsNone() {
        Outbox outbox = outbox(3, DROP_OLDEST);
        RecordedTransport transport = RecordedTransport.withRoomFor(2);
        outbox.attach(transport);
        outbox.flush();
        outbox.onWritable();
        assertThat(transport.flushes()).isZero();
    }

    @Test
    void whatWaitsLeavesInOrderAsRoomComes() {
        Outbox outbox = outbox(10, DROP_OLDEST);
        RecordedTransport transport = RecordedTransport.withRoomFor(0);
        outbox.attach(transport);
        offer(outbox, 1, 5);
        transport.room(2);
        outbox.onWritable();
        assertThat(transport.told()).containsExactly("1", "2");

        transport.room(1);
        offer(outbox, 6, 6); // does not overtake, though there is room again
        assertThat(outbox.size()).isEqualTo(4);
        transport.room(10);
        outbox.onWritable();
        assertThat(transport.told()).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(outbox.bytes()).isZero();
        assertThat(told.dropped).isZero();
        assertThat(told.gaps).isZero();
    }

    @Test
    void exactlyTheBoundMayWait() {
        Outbox outbox = outbox(3, DROP_OLDEST);
        offer(outbox, 1, 3);
        assertThat(outbox.bytes()).isEqualTo(3 * COST);
        assertThat(told.dropped).isZero();
        offer(outbox, 4, 4);
        assertThat(outbox.bytes()).isEqualTo(3 * COST);
        assertThat(told.dropped).isEqualTo(1);
    }

    @Test
    void beyondTheBoundTheOldestGoAndTheNextThatLeavesTellsWhatIsMissing() {
        Outbox outbox = outbox(3, DROP_OLDEST);
        outbox.position(epoch.at(4)); // where the reader was
        offer(outbox, 5, 10);

        assertThat(sentBy(outbox)).containsExactly("(4..8)8", "9", "10");
        assertThat(told.dropped).isEqualTo(3);
        assertThat(told.gaps).isEqualTo(1);
        assertThat(told.overflows).isZero();
    }

    @Test
    void theGapBeginsBehindWhatWasSentLast() {
        Outbox outbox = outbox(2, DROP_OLDEST);
        RecordedTransport transport = RecordedTransport.withRoomFor(2);
        outbox.attach(transport);
        offer(outbox, 1, 7);
        transport.room(1);
        outbox.onWritable();
        offer(outbox, 8, 9);
        transport.room(9);
        outbox.onWritable();

        assertThat(transport.told()).containsExactly("1", "2", "(2..6)6", "(6..8)8", "9");
        assertThat(told.dropped).isEqualTo(4);
        assertThat(told.gaps).isEqualTo(2);
    }

    @Test
    void aReaderWhosePlaceIsUnknownIsToldAGapBehindNobodyKnowsWhat() {
        Outbox outbox = outbox(1, DROP_OLDEST);
        offer(outbox, 1, 2);
        assertThat(sentBy(outbox)).containsExactly("(?..2)2");
    }

    @Test
    void ofTheLatestOnlyTheNewestIsLeft() {
        Outbox outbox = outbox(3, LATEST_ONLY);
        outbox.position(epoch);
        offer(outbox, 1, 3);
        assertThat(outbox.size()).isEqualTo(3); // what may wait waits
        offer(outbox, 4, 4);
        assertThat(outbox.size()).isEqualTo(1);
        offer(outbox, 5, 5);

        assertThat(sentBy(outbox)).containsExactly("(0..4)4", "5");
        assertThat(told.dropped).isEqualTo(3);
    }

    @Test
    void whoIsToBeDisconnectedLosesNothingBefore() {
        Outbox outbox = outbox(2, DISCONNECT);
        offer(outbox, 1, 2);
        assertThat(told.overflows).isZero();
        offer(outbox, 3, 3);
        assertThat(told.overflows).isEqualTo(1);
        assertThat(told.dropped).isZero();
        assertThat(sentBy(outbox)).containsExactly("1", "2", "3");
    }

    @Test
    void oneMessageAlwaysFits() {
        for (Overflow policy : Overflow.values()) {
            Outbox outbox = outbox(1, policy);
            outbox.offer(Message.of(null, Payload.binary(new byte[10_000])));
            assertThat(outbox.size()).isEqualTo(1);
        }
        assertThat(told.dropped).isZero();
        assertThat(told.overflows).isZero();
    }

    @Test
    void whatIsCertainIsNeverDropped() {
        for (Overflow policy : new Overflow[] {DROP_OLDEST, LATEST_ONLY}) {
            Outbox outbox = outbox(4, policy);
            outbox.position(epoch);
            outbox.offer(message("connected"), Delivery.CERTAIN);
            offer(outbox, 1, 20);
            outbox.offer(message("acknowledged"), Delivery.CERTAIN);
            offer(outbox, 21, 30);
            assertThat(sentBy(outbox))
                    .contains("connected", "acknowledged")
                    .last()
                    .asString()
                    .endsWith("30");
        }
    }

    @Test
    void moreThanMayWaitOfWhatIsCertainIsAnOverflow() {
        Outbox outbox = outbox(2, DROP_OLDEST);
        for (int i = 0; i < 3; i++) {
            outbox.offer(message("certain"), Delivery.CERTAIN);
        }
        assertThat(told.dropped).isZero();
        assertThat(told.overflows).isEqualTo(1);
        assertThat(outbox.size()).isEqualTo(3);
    }

    @Test
    void whatIsVolatileLeavesAtOnceOrNever() {
        Outbox outbox = outbox(9, DROP_OLDEST);
        outbox.offer(message("no transport"), Delivery.VOLATILE);
        RecordedTransport transport = RecordedTransport.withRoomFor(1);
        outbox.attach(transport);
        outbox.offer(message("room"), Delivery.VOLATILE);
        outbox.offer(message("no room"), Delivery.VOLATILE);
        outbox.offer(message("waits"));
        transport.room(9);
        outbox.offer(message("behind what waits"), Delivery.VOLATILE);
        outbox.onWritable();

        assertThat(transport.told()).containsExactly("room", "waits");
        assertThat(told.dropped).isEqualTo(3);
        assertThat(told.gaps).isZero();
    }

    @Test
    void gapsThatMeetAreOne() {
        Outbox outbox = outbox(2, DROP_OLDEST);
        outbox.missing(new Cursor("old", 7)); // never came here
        offer(outbox, 3, 9);
        assertThat(sentBy(outbox)).containsExactly("(7..8)8", "9");
        assertThat(told.gaps).isEqualTo(1);
    }

    @Test
    void aDroppedMessageThatWouldHaveToldAGapLeavesItToTheNext() {
        Outbox outbox = outbox(2, DROP_OLDEST);
        outbox.position(epoch.at(20));
        outbox.offer(Message.position(epoch.at(30), new Gap(epoch.at(2), epoch.at(31))));
        offer(outbox, 31, 33);
        assertThat(sentBy(outbox)).containsExactly("(2..32)32", "33");
    }

    @Test
    void aGapIsToldByWhatHasACursor() {
        Outbox outbox = outbox(1, DROP_OLDEST);
        outbox.position(epoch);
        offer(outbox, 1, 1);
        outbox.offer(message("unnumbered"));
        RecordedTransport transport = RecordedTransport.withRoomFor(9);
        outbox.attach(transport);
        offer(outbox, 2, 3);
        outbox.flush();
        assertThat(transport.told()).containsExactly("unnumbered", "(0..2)2", "3");
    }

    @Test
    void aGapIsToldWhereItIsThoughOthersStandBeforeIt() {
        Outbox outbox = outbox(4, DROP_OLDEST);
        outbox.position(epoch);
        outbox.offer(numbered(1), Delivery.CERTAIN);
        offer(outbox, 2, 3);
        outbox.offer(numbered(4), Delivery.CERTAIN);
        offer(outbox, 5, 8);

        assertThat(sentBy(outbox)).containsExactly("1", "(1..4)4", "(4..7)7", "8");
        assertThat(told.dropped).isEqualTo(4);
    }

    @Test
    void aFlushGoesOnAsLongAsTheTransportWantsMore() {
        Outbox outbox = outbox(10, DROP_OLDEST);
        RecordedTransport transport = RecordedTransport.withRoomFor(1);
        outbox.attach(new RoomyAfterFlush(transport));
        offer(outbox, 1, 5);
        outbox.flush();
        assertThat(transport.told()).containsExactly("1", "2", "3", "4", "5");
        assertThat(transport.flushes()).isEqualTo(5);
    }

    @Test
    void aPollTakesWhatItMayHoldAndTheRestWaitsForTheNext() {
        Outbox outbox = outbox(10, DROP_OLDEST);
        offer(outbox, 1, 5);
        RecordedTransport first = RecordedTransport.poll(2);
        outbox.attach(first);
        outbox.flush();
        RecordedTransport second = RecordedTransport.poll(9);
        outbox.attach(second);
        outbox.flush();
        assertThat(first.told()).containsExactly("1", "2");
        assertThat(second.told()).containsExactly("3", "4", "5");
    }

    @Test
    void theOldTransportSendsWhatItWasGivenBeforeTheNewOneIsAttached() {
        Outbox outbox = outbox(10, DROP_OLDEST);
        RecordedTransport old = RecordedTransport.withRoomFor(2);
        outbox.attach(old);
        offer(outbox, 1, 4);
        RecordedTransport next = RecordedTransport.withRoomFor(9);
        outbox.attach(next);
        old.room(9);
        offer(outbox, 5, 5);
        outbox.flush();
        assertThat(old.told()).containsExactly("1", "2");
        assertThat(next.told()).containsExactly("3", "4", "5");
    }

    @Test
    void whatIsOfferedWithoutATransportWaitsForOne() {
        Outbox outbox = outbox(10, DROP_OLDEST);
        RecordedTransport transport = RecordedTransport.withRoomFor(9);
        outbox.attach(transport);
        offer(outbox, 1, 1);
        outbox.detach();
        assertThat(transport.told()).containsExactly("1");
        offer(outbox, 2, 2);
        outbox.flush();
        assertThat(transport.told()).containsExactly("1");
        assertThat(sentBy(outbox)).containsExactly("2");
    }

    @Test
    void whatIsForgottenCostsNothing() {
        Outbox outbox = outbox(10, DROP_OLDEST);
        offer(outbox, 1, 4);
        outbox.clear();
        assertThat(outbox.size()).isZero();
        assertThat(outbox.bytes()).isZero();
        assertThat(sentBy(outbox)).isEmpty();
    }

    /** Has room for one message after each flush. */
    private record RoomyAfterFlush(RecordedTransport below) implements Transport {
        @Override
        public TransportType type() {
            return below.type();
        }

        @Override
        public boolean isWritable() {
            return below.isWritable();
        }

        @Override
        public void write(Message message) {
            below.write(message);
        }

        @Override
        public void flush() {
            below.flush();
            below.room(1);
        }

        @Override
        public void close(CloseReason reason) {
            below.close(reason);
        }
    }

    private Outbox outbox(int messages, Overflow policy) {
        return new Outbox(messages * COST, policy, told);
    }

    private List<String> sentBy(Outbox outbox) {
        RecordedTransport transport = RecordedTransport.withRoomFor(100);
        outbox.attach(transport);
        outbox.flush();
        return transport.told();
    }

    private void offer(Outbox outbox, int from, int to) {
        for (int number = from; number <= to; number++) {
            outbox.offer(numbered(number));
        }
    }

    private Message numbered(int number) {
        return message("0123456789").at(epoch.at(number));
    }

    private static Message message(String text) {
        return Message.of(null, Payload.text(text));
    }
}
