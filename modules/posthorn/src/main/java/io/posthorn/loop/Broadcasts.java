package io.posthorn.loop;

import java.util.ArrayDeque;

/**
 * What is to be sent to many on one loop, in the order in which it came. It is delivered at the end of the loop's turn, so
 * that all that a turn brings to the same many costs one walk over them; or before that, as soon as something is about to
 * happen that must come behind it. Whoever sends to one, or changes who the many are, says so by {@link #deliver}.
 */
@OnLoop
public final class Broadcasts {
    private final Mailbox mailbox;
    private final ArrayDeque<Broadcast> due = new ArrayDeque<>();
    private final Runnable endTurn = this::endTurn;
    private boolean atEndOfTurn;
    private boolean delivering;

    /** Something that many are to get. */
    @FunctionalInterface
    public interface Broadcast {
        /**
         * Delivers it, without changing who the many are. Nothing that must come behind it may happen meanwhile.
         *
         * @param isLast whether nothing else of this turn is to follow: then it is to leave at once, else with the rest, at
         *     the end of the turn
         */
        void deliver(boolean isLast);
    }

    Broadcasts(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Puts off a broadcast until the end of the turn, or until somebody asks for it. */
    public void add(Broadcast broadcast) {
        due.add(broadcast);
        if (!atEndOfTurn) {
            atEndOfTurn = true;
            mailbox.atEndOfTurn(endTurn);
        }
    }

    /** Whether a broadcast waits, and no other behind it: what is added to it now overtakes nothing. */
    public boolean isNewest(Broadcast broadcast) {
        return due.peekLast() == broadcast;
    }

    /** Delivers what waits, since something else is to come behind it. During a delivery nothing happens. */
    public void deliver() {
        if (!due.isEmpty() && !delivering) {
            deliver(false);
        }
    }

    private void endTurn() {
        atEndOfTurn = false;
        deliver(true);
    }

    private void deliver(boolean endsTurn) {
        delivering = true;
        try {
            for (Broadcast next = due.poll(); next != null; next = due.poll()) {
                next.deliver(endsTurn && due.isEmpty());
            }
        } finally {
            delivering = false;
            if (!due.isEmpty() && !atEndOfTurn) {
                // One has failed, for lack of memory say: the others are not to wait for the next that comes.
                atEndOfTurn = true;
                mailbox.atEndOfTurn(endTurn);
            }
        }
    }
}
