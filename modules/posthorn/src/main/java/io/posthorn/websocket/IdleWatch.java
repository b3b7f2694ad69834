package io.posthorn.websocket;

import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;

import java.time.Duration;

/**
 * Whether the other side of a connection is still there: after half of the time-out without a sign of life it is asked
 * with a ping, after all of it it is given up. A sign of life costs one write of a field.
 */
@OnLoop
final class IdleWatch {
    private final long timeoutTicks;
    private final TimerWheel timers;
    private long heardTick;
    private boolean asked;
    private long lastProgress;

    /** What is to be done. */
    enum Verdict {
        ALIVE,
        ASK,
        DEAD
    }

    IdleWatch(Duration timeout, TimerWheel timers) {
        this.timeoutTicks = Math.max(2, timeout.toNanos() / TimerWheel.TICK_NANOS);
        this.timers = timers;
        this.heardTick = timers.tick();
    }

    /** The other side has said something, or taken something. */
    void heard() {
        heardTick = timers.tick();
        asked = false;
    }

    /** When to look again, in nanoseconds. */
    long nanosToNextCheck() {
        long silent = timers.tick() - heardTick;
        long due = asked ? timeoutTicks : timeoutTicks / 2;
        return Math.max(1, due - silent) * TimerWheel.TICK_NANOS;
    }

    /**
     * Looks.
     *
     * @param held whether it is us who do not read
     * @param progress a number that changes when the other side takes some of what waits for it
     */
    Verdict check(boolean held, long progress) {
        if (held || progress != lastProgress) {
            lastProgress = progress;
            heard();
        }
        long silent = timers.tick() - heardTick;
        if (silent >= timeoutTicks) {
            return Verdict.DEAD;
        }
        if (silent >= timeoutTicks / 2 && !asked) {
            asked = true;
            return Verdict.ASK;
        }
        return Verdict.ALIVE;
    }
}
