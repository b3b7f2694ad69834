package io.posthorn.playground.lab;

/** What all clocks together may make the server keep, in bytes. Safe for all threads. */
final class Budget {
    private final long most;
    private long taken;

    Budget(long most) {
        this.most = most;
    }

    /** Takes a part of it, or nothing where too little is left. */
    synchronized boolean tryTake(long bytes) {
        if (bytes > most - taken) {
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Gives back what was taken. */
    synchronized void giveBack(long bytes) {
        taken -= bytes;
    }

    synchronized long taken() {
        return taken;
    }
}
