package io.posthorn.websocket;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The groups of one loop that have messages to deliver. They are delivered at the end of the loop's turn, all messages of
 * a turn in one walk; or before, when a member is about to be sent something else, so that the order stays.
 */
@OnLoop
final class Broadcasts {
    private final Loop loop;
    private final Queue<Members> due = new ArrayDeque<>();
    private boolean atEndOfTurn;

    Broadcasts(Loop loop) {
        this.loop = loop;
    }

    Loop loop() {
        return loop;
    }

    /** A group has got its first message of this turn. */
    void add(Members members) {
        due.add(members);
        if (!atEndOfTurn) {
            atEndOfTurn = true;
            loop.mailbox().atEndOfTurn(this::endTurn);
        }
    }

    private void endTurn() {
        atEndOfTurn = false;
        deliver();
    }

    /** Delivers what is due now. */
    void deliver() {
        for (Members members = due.poll(); members != null; members = due.poll()) {
            members.deliver();
        }
    }
}
