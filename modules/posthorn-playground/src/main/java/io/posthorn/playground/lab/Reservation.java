package io.posthorn.playground.lab;

/**
 * One clock's part of the {@link Budget}: as much as its feed's log may hold, and what waits for readers that do not read.
 * The log keeps large messages until enough smaller ones have come, and so does this. Safe for all threads.
 */
final class Reservation {
    /** How many messages a log keeps. */
    static final int MESSAGES = 600;

    /** What may wait for a reader, in bytes of payload and 64 for each message; readers that wait share their messages. */
    static final int QUEUE = 128 * 1024;

    /** Objects around a message, and what each transport writes around it. */
    private static final long OVERHEAD = 200;

    /** The payload itself, as JSON, as an event, as a frame, and as the scripts of two iframes. */
    private static final int FORMS = 6;

    /** What the queue's messages take at most in one form: when they are as small as may be. */
    private static final long QUEUED = QUEUE / (Settings.SMALLEST + 64) * (Settings.SMALLEST + OVERHEAD);

    private final Budget budget;
    private int reserved;
    private int largest;
    private int smaller;
    private boolean ended;

    Reservation(Budget budget) {
        this.budget = budget;
    }

    /** What messages of a size take. */
    static long cost(int payload) {
        return FORMS * (MESSAGES * (payload + OVERHEAD) + QUEUED);
    }

    /** Makes sure of room for messages of a size; false where there is none. */
    synchronized boolean tryReserve(int payload) {
        if (ended) {
            return false;
        }
        long more = cost(payload) - (reserved == 0 ? 0 : cost(reserved));
        if (more > 0) {
            if (!(reserved == 0 ? budget.tryTake(more) : budget.tryTakeMore(more))) {
                return false;
            }
            reserved = payload;
            restart();
        }
        return true;
    }

    /** A message was published. When all that the log keeps are smaller than they might be, the rest is given back. */
    synchronized void published(int payload) {
        if (ended || payload >= reserved) {
            restart();
            return;
        }
        largest = Math.max(largest, payload);
        smaller++;
        if (smaller >= MESSAGES) {
            budget.giveBack(cost(reserved) - cost(largest));
            reserved = largest;
            restart();
        }
    }

    /** The log is gone. */
    synchronized void end() {
        if (!ended && reserved > 0) {
            budget.giveBack(cost(reserved));
        }
        ended = true;
    }

    private void restart() {
        largest = 0;
        smaller = 0;
    }
}
