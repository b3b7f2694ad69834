package io.posthorn.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Counts what happens on loops with every message. Each loop adds to a place of its own, which nobody else writes, and so
 * needs no atomic operation, which a {@code LongAdder} pays for each time. Any thread may ask for the sum.
 */
public final class LoopCounter {
    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(long[].class);
    /** Two cache lines for each place, so that loops do not take them from each other; the count is in the middle. */
    private static final int PLACE_SIZE = 16;

    private static final int COUNT = PLACE_SIZE / 2;

    private volatile long[][] places = {};

    /** A counter at zero. */
    public LoopCounter() {}

    /**
     * Adds one.
     *
     * @param loop the one that the caller is on
     */
    @OnLoop
    public void increment(Loop loop) {
        add(loop, 1);
    }

    /**
     * Adds a number.
     *
     * @param loop as with {@link #increment}
     */
    @OnLoop
    public void add(Loop loop, long number) {
        int index = loop.index();
        long[][] known = places;
        long[] place = index < known.length ? known[index] : place(index);
        PLACES.setOpaque(place, COUNT, (long) PLACES.getOpaque(place, COUNT) + number);
    }

    /** The sum over all loops; what they count meanwhile may be missing. */
    public long sum() {
        long sum = 0;
        for (long[] place : places) {
            sum += (long) PLACES.getOpaque(place, COUNT);
        }
        return sum;
    }

    /** The place of a loop that comes for the first time; those of the loops before it stay where they are. */
    private synchronized long[] place(int index) {
        long[][] known = places;
        if (index >= known.length) {
            long[][] more = Arrays.copyOf(known, index + 1);
            for (int i = known.length; i < more.length; i++) {
                more[i] = new long[PLACE_SIZE];
            }
            places = more;
            known = more;
        }
        return known[index];
    }
}
