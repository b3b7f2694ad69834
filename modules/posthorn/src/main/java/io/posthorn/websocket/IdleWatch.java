package io.posthorn.websocket;

import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;

import java.time.Duration;

/**
 * Whether the other side of a connection is still there: after half of the time-out without a sign of life it is asked
 * with a ping, after all of it it is given up. A sign of life costs one write of a field. It is the connection's one
 * deadline, also of its closing.
 */
@OnLoop
final class IdleWatch extends TimerWheel.Deadline {
    private final WebSocketConnection connection;
    private final TimerWheel timers;
    private final int halfTicks;
    /** The last sign of life, or the ping that asked for one. */
    private int sinceTick;

    private long lastProgress;
    private boolean asked;

    /** What is to be done. */
    enum Verdict {
        ALIVE,
        ASK,
        DEAD
    }

    IdleWatch(WebSocketConnection connection, Duration timeout, TimerWheel timers) {
        this.connection = connection;
        this.timers = timers;
        long ticks = Math.max(1, timeout.toNanos() / TimerWheel.TICK_NANOS);
        this.halfTicks = (int) Math.min(Integer.MAX_VALUE, (ticks + 1) / 2);
        this.sinceTick = (int) timers.tick();
    }

    /** The other side has said something, or taken something. */
    void heard() {
        sinceTick = (int) timers.tick();
        asked = false;
    }

    /** Begins to watch, or looks again. */
    void watch() {
        timers.schedule(this, Math.max(1, halfTicks - silentTicks()) * TimerWheel.TICK_NANOS);
    }

    /** Gives the other side so long to close. */
    void closeIn(Duration timeout) {
        timers.schedule(this, timeout.toNanos());
    }

    /** The connection is gone. */
    void cancel() {
        timers.cancel(this);
    }

    @Override
    protected void onExpired() {
        connection.onDeadline();
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
        sinceTick = (int) timers.tick();
        return Verdict.ASK;
    }

    private long silentTicks() {
        return timers.tick() - sinceTick;
    }
}
