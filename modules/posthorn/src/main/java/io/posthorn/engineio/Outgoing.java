package io.posthorn.engineio;

import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Burst;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.Overflow;
import io.posthorn.transport.Transport;

/** What a session sends: its outbox, and the flush at the end of a turn. On the session's home loop. */
@OnLoop
final class Outgoing implements Outbox.Listener, Runnable {
    private final Session session;
    private final Outbox outbox;
    private boolean flushDue;

    Outgoing(Session session) {
        this.session = session;
        this.outbox = new Outbox(session.engine().options().limits().queueBytes(), Overflow.DISCONNECT, this);
    }

    /** Lets what waits, and what comes, leave by another way. */
    void attach(Transport way) {
        outbox.attach(way);
        outbox.flush();
    }

    /** Takes a message of the layer above. */
    void offer(Message message, Outbox.Delivery delivery) {
        session.loop().broadcasts().deliver(); // what was broadcast before comes before
        session.engine().counters().sent.increment(session.loop());
        outbox.offer(message, delivery);
    }

    /** Sends messages that others get too, at once; false where nothing was done. */
    boolean offer(Burst burst) {
        if (!outbox.offer(burst)) {
            return false;
        }
        session.engine().counters().sent.add(session.loop(), burst.messages().size());
        return true;
    }

    /** Whether bursts may be sent at once; once the session has ended they may not. */
    void openToBursts(boolean isOpen) {
        outbox.openToBursts(isOpen && session.isOpen());
    }

    /** Takes a packet of the session's own. */
    void packet(Message packet) {
        outbox.offer(packet, Outbox.Delivery.CERTAIN);
    }

    void flush() {
        outbox.flush();
    }

    void flushLater() {
        if (!flushDue) {
            flushDue = true;
            session.loop().mailbox().atEndOfTurn(this);
        }
    }

    /** The way down has room again. */
    void onWritable() {
        outbox.onWritable();
    }

    /** Whether all has left. */
    boolean isEmpty() {
        return outbox.size() == 0;
    }

    /** Forgets what waits. */
    void clear() {
        outbox.clear();
    }

    @Override
    public void onDropped(int messages) {
        session.engine().counters().dropped.add(messages);
    }

    @Override
    public void onGap() {}

    @Override
    public void onOverflow() {
        // Not now: this may be in the walk over the members of a room.
        session.loop()
                .mailbox()
                .atEndOfTurn(() -> session.fail(SessionCloseReason.TOO_SLOW, "too much waits to be sent"));
    }

    /** The end of the turn that {@link #flushLater} has waited for. */
    @Override
    public void run() {
        flushDue = false;
        session.flush();
    }
}
