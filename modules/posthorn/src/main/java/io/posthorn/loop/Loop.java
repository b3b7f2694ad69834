package io.posthorn.loop;

import io.netty.channel.EventLoop;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One event loop and what it owns; lives as long as its {@link EventLoops}. */
public final class Loop {
    private final EventLoop eventLoop;
    private final int index;
    private final Mailbox mailbox;
    private final Broadcasts broadcasts;
    private final TimerWheel timers;
    private final SharedReceiveBuffer receiveBuffer = new SharedReceiveBuffer();
    private final SharedSendBuffer sendBuffer = new SharedSendBuffer();
    private final Scratch scratch = new Scratch();
    private final LoopWatch watch = new LoopWatch();

    /**
     * A loop.
     *
     * @param index among the loops of its server, from 0 on
     */
    Loop(EventLoop eventLoop, int index) {
        this.eventLoop = eventLoop;
        this.index = index;
        this.mailbox = new Mailbox(eventLoop);
        this.broadcasts = new Broadcasts(mailbox);
        this.timers = new TimerWheel(eventLoop, System::nanoTime);
    }

    /** Netty's loop below. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /** Where other threads leave what this loop shall do. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** What many on this loop are to get at the end of its turn. */
    @OnLoop
    public Broadcasts broadcasts() {
        return broadcasts;
    }

    /** Deadlines of what lives on this loop. */
    public TimerWheel timers() {
        return timers;
    }

    /** The buffer that connections of this loop may read into, one after the other. */
    public SharedReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    /** Memory to work in. */
    @OnLoop
    public Scratch scratch() {
        return scratch;
    }

    /**
     * Runs an action again and again by a timer of its own: for what there are few of, or what the wheel's ticks are too
     * coarse for.
     *
     * @param delayNanos until the first time
     * @param periodNanos from one time to the next
     */
    @OnLoop
    public ScheduledFuture<?> atFixedRate(Runnable action, long delayNanos, long periodNanos) {
        return eventLoop.scheduleAtFixedRate(action, delayNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    /** Runs an action once, by a timer of its own: for what the wheel's ticks are too coarse for. */
    @OnLoop
    public ScheduledFuture<?> schedule(Runnable action, long delayNanos) {
        return eventLoop.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Runs an action once the loop has looked at its sockets again: behind whatever has come by them, and by other
     * connections of this loop, before this was called.
     */
    @OnLoop
    public void afterReads(Runnable action) {
        // A task would run in this turn. What is scheduled, however soon, waits for the next, which begins with the
        // sockets.
        eventLoop.schedule(() -> mailbox.execute(action), 1, TimeUnit.NANOSECONDS);
    }

    /** Whether the caller runs on this loop. */
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    int index() {
        return index;
    }

    SharedSendBuffer sendBuffer() {
        return sendBuffer;
    }

    LoopWatch watch() {
        return watch;
    }

    /** Lets go of the memory that its connections share. */
    @OnLoop
    void releaseBuffers() {
        receiveBuffer.release();
        sendBuffer.release();
    }
}
