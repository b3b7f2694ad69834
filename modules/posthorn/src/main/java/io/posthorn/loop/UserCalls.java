package io.posthorn.loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of user code for one socket: in order, never two at once, each on the thread where its {@link HandlerSite}
 * belongs. Lives on the socket's loop; owns nothing until a call must leave the loop, and needs no closing.
 *
 * <p>A call whose site may run on the loop runs at once while nothing of this socket is queued or runs elsewhere;
 * behind such work it queues too. A call that is made inside another one of the socket runs inside it, or, where it
 * must queue, behind its end.
 */
public final class UserCalls {
    private static final Logger log = LoggerFactory.getLogger(UserCalls.class);
    private static final int MAX_EVENTS = 64;
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final HandlerSites sites;
    private final Loop loop;
    private final HandlerQueue.Drained drained;
    private @Nullable HandlerQueue queue;
    private int depth;

    /**
     * The calls of one socket.
     *
     * @param loop its home
     * @param drained told when queued work is done, on the thread that did the last of it
     */
    public UserCalls(HandlerSites sites, Loop loop, HandlerQueue.Drained drained) {
        this.sites = sites;
        this.loop = loop;
        this.drained = drained;
    }

    /**
     * Calls user code, now or behind what is queued.
     *
     * @param bytes what the event holds, for {@link #isFull}
     * @param body catches and tells what user code throws; what it does not catch is logged
     */
    @OnLoop
    public void call(HandlerSite site, int bytes, Runnable body) {
        assert loop.inLoop();
        if (site.isBlocking() || !isIdle()) {
            enqueue(bytes, body);
        } else {
            run(site, body);
        }
    }

    /** Whether so much is queued that the socket should stop reading until it is told that all is done. */
    @OnLoop
    public boolean isFull() {
        HandlerQueue queued = queue;
        return queued != null && (queued.size() >= MAX_EVENTS || queued.bytes() >= MAX_BYTES);
    }

    /** Whether nothing is queued, nor runs elsewhere than on the loop. */
    @OnLoop
    public boolean isIdle() {
        HandlerQueue queued = queue;
        return queued == null || queued.isIdle();
    }

    private void run(HandlerSite site, Runnable body) {
        LoopWatch watch = loop.watch();
        HandlerSite outer = watch.enter(site);
        depth++;
        try {
            body.run();
        } catch (Throwable failure) {
            log.error("A handler's failure was not caught where it belongs", failure);
        } finally {
            watch.leave(outer);
            if (--depth == 0 && queue != null && queue.isHeld()) {
                queue.release();
            }
        }
    }

    private void enqueue(int bytes, Runnable body) {
        if (queue == null) {
            queue = new HandlerQueue(sites.threads(), drained);
        }
        if (depth > 0 && !queue.isHeld()) {
            // The call that this one is made in still runs: it is the first of the queue.
            queue.hold();
        }
        queue.execute(bytes, body);
    }
}
