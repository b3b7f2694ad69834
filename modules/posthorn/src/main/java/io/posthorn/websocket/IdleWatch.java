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
    private final long halfTicks;
    private final TimerWheel timers;
    private long heardTick;
    private long askedTick;
    private boolean asked;
    private long lastProgress;

    /** What is to be done. */
    enum Verdict {
        ALIVE,
        ASK,
        DEAD
    }

    IdleWatch(Duration timeout, TimerWheel timers) {
        this.halfTicks = (Math.max(1, timeout.toNanos() / TimerWheel.TICK_NANOS) + 1) / 2;
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
        return Math.max(1, halfTicks - silentTicks()) * TimerWheel.TICK_NANOS;
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
        if (silentTicks() < halfTicks) {
            return Verdict.ALIVE;
        }
        if (asked) {
            return Verdict.DEAD;
        }
        // A loop that was held up looks late: whoever was not asked is not given up, but has the other half to answer.
        asked = true;
        askedTick = timers.tick();
        return Verdict.ASK;
    }

    /** Since a sign of life, or since the ping that asked for one. */
    private long silentTicks() {
        return timers.tick() - (asked ? askedTick : heardTick);
    }
}
