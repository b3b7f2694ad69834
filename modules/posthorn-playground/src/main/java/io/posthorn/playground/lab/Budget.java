package io.posthorn.playground.lab;

/** What all clocks together may make the server keep, in bytes. Safe for all threads. */
final class Budget {
    private final long most;
    private final long mostToGrow;
    private long taken;

    /** Of all that there is, a quarter is kept for clocks that are still to come. */
    Budget(long most) {
        this.most = most;
        this.mostToGrow = most / 4 * 3;
    }

    /** Takes a part for a clock that begins, or nothing where too little is left. */
    synchronized boolean tryTake(long bytes) {
        return tryTake(bytes, most);
    }

    /** Takes more for a clock that has its part, or nothing where too little would be left. */
    synchronized boolean tryTakeMore(long bytes) {
        return tryTake(bytes, mostToGrow);
    }

    /** Gives back what was taken. */
    synchronized void giveBack(long bytes) {
        taken -= bytes;
    }

    synchronized long taken() {
        return taken;
    }

    private boolean tryTake(long bytes, long bound) {
        if (bytes > bound - taken) {
            return false;
        }
        taken += bytes;
        return true;
    }
}
