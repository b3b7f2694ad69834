package io.posthorn.loop;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The deadlines of everything that lives on one loop.
 *
 * <p>A connection owns one {@link Deadline} and moves it with every sign of life. Moving it later only writes a field:
 * it stays in its slot, and is put where it now belongs when that slot comes up. So a busy connection costs a visit per
 * time-out, an idle one nothing between, and the event loop has one timer however many wait. The wheel turns only while
 * something waits.
 *
 * <pre>
 *   slot:   0     1     2    ...   511         one slot is a tick of 100 ms, a turn 51.2 s
 *           |     |     |           |          a deadline beyond one turn is met when its slot comes up,
 *         [a,b]  []    [c]         [d]         found to be early, and left for a later turn
 * </pre>
 *
 * Expiry is late by one tick at most, as far as the loop is free. All methods are the loop's.
 */
@OnLoop
public final class TimerWheel {
    private static final Logger log = LoggerFactory.getLogger(TimerWheel.class);
    /** What {@link #tick} counts, in nanoseconds. */
    public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int SLOTS = 512;

    private final EventLoop eventLoop;
    private final LongSupplier nanoTime;
    private final long origin;
    private final Slot[] slots = new Slot[SLOTS];
    private long currentTick;
    private int waiting;
    private boolean turning;

    TimerWheel(EventLoop eventLoop, LongSupplier nanoTime) {
        this.eventLoop = eventLoop;
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        Arrays.setAll(slots, i -> new Slot());
    }

    /** Lets a deadline expire after a delay in nanoseconds, wherever it stood before. */
    public void schedule(Deadline deadline, long delayNanos) {
        assert eventLoop.inEventLoop();
        long now = nanoTime.getAsLong() - origin;
        long due = now + Math.max(0, Math.min(delayNanos, Long.MAX_VALUE - now));
        // Rounded up, and never the tick that is being visited: a deadline may be late, not early. An int lasts six
        // years.
        deadline.tick = (int) Math.min(Math.max(due / TICK_NANOS, currentTick) + 1, Integer.MAX_VALUE);
        if (deadline.slot != null && deadline.slotTick <= deadline.tick) {
            return; // its slot comes up before; it is moved on then
        }
        cancel(deadline);
        if (!turning) {
            turning = true;
            currentTick = now / TICK_NANOS;
            eventLoop.schedule(this::turn, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
        put(deadline);
    }

    /** Takes a deadline out; nothing happens where it is not in. */
    public void cancel(Deadline deadline) {
        assert eventLoop.inEventLoop();
        if (deadline.slot != null) {
            deadline.slot.remove(deadline);
            deadline.slot = null;
            waiting--;
        }
    }

    /** A clock as coarse as the wheel, and for nothing: it stands still while nothing waits. */
    public long tick() {
        return currentTick;
    }

    /** How many deadlines wait. */
    public int waiting() {
        return waiting;
    }

    private void put(Deadline deadline) {
        Slot slot = slots[deadline.tick % SLOTS];
        deadline.slot = slot;
        deadline.slotTick = deadline.tick;
        slot.add(deadline);
        waiting++;
    }

    private void turn() {
        long now = (nanoTime.getAsLong() - origin) / TICK_NANOS;
        // After a stall longer than a turn each slot is visited once, which is enough.
        long tick = Math.max(currentTick, now - SLOTS);
        while (tick < now) {
            currentTick = ++tick;
            visit(slots[(int) (tick % SLOTS)], tick);
        }
        turning = waiting > 0;
        if (turning) {
            eventLoop.schedule(this::turn, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** From the end, since taking one out moves the last into its place; an action may take out any of them. */
    private void visit(Slot slot, long now) {
        for (int i = slot.size - 1; i >= 0; i--) {
            Deadline deadline = i < slot.size ? slot.deadlines[i] : null;
            if (deadline == null || deadline.slotTick > now) {
                continue;
            }
            cancel(deadline);
            if (deadline.tick > now) {
                put(deadline);
            } else {
                expire(deadline);
            }
        }
    }

    private static void expire(Deadline deadline) {
        try {
            deadline.onExpired();
        } catch (Throwable failure) {
            // An Error too: without its next turn the wheel would stand still for all others.
            log.error("A deadline's action failed", failure);
        }
    }

    /** A time at which something happens unless it is moved or cancelled; its owner's only timer. */
    public abstract static class Deadline {
        private int tick;
        private @Nullable Slot slot;
        private int slotTick;
        private int index;

        /** For subclasses. */
        protected Deadline() {}

        /** The time has come; called on the loop. The deadline is out of the wheel and may be scheduled again. */
        protected abstract void onExpired();
    }

    private static final class Slot {
        private @Nullable Deadline[] deadlines = new Deadline[0];
        private int size;

        void add(Deadline deadline) {
            if (size == deadlines.length) {
                deadlines = Arrays.copyOf(deadlines, Math.max(4, size * 2));
            }
            deadline.index = size;
            deadlines[size++] = deadline;
        }

        void remove(Deadline deadline) {
            Deadline last = deadlines[--size];
            deadlines[size] = null;
            if (last != null && last != deadline) {
                deadlines[deadline.index] = last;
                last.index = deadline.index;
            }
        }
    }
}
