package io.posthorn.loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The places in the user's code that handle a server's events, and the watch over those that run on its loops. One per
 * server, closed with it. Safe for all threads.
 *
 * <p>Nobody has to know of event loops: a handler begins there, since that is the fastest. Where it is seen to wait -
 * in three calls for 20 ms, or in one for 200 ms - it is moved for good to threads that may block, and the log says
 * once where it waited and how to declare it. A handler that computes for long stays.
 */
public final class HandlerSites implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HandlerSites.class);

    private final EventLoops loops;
    private final UserThreads threads;
    private final Map<HandlerThread, Map<Class<?>, HandlerSite>> sites = new EnumMap<>(HandlerThread.class);
    private final AtomicLong moved = new AtomicLong();
    private @Nullable Watchdog watchdog;
    private boolean closed;

    /** The sites of a server with these loops, and with these threads for handlers that may block. */
    public HandlerSites(EventLoops loops, UserThreads threads) {
        this.loops = loops;
        this.threads = threads;
        for (HandlerThread wish : HandlerThread.values()) {
            sites.put(wish, new ConcurrentHashMap<>());
        }
    }

    /**
     * The site of a handler, the same one whenever it is asked for.
     *
     * @param handlerClass the class of the user's own object; a lambda expression has one, however often it is evaluated
     * @param wish where it wants to run
     */
    public HandlerSite site(Class<?> handlerClass, HandlerThread wish) {
        Map<Class<?>, HandlerSite> known = sitesOf(wish);
        HandlerSite site = known.get(handlerClass);
        if (site != null) {
            return site;
        }
        if (wish == HandlerThread.ADAPTIVE) {
            watch();
        }
        return known.computeIfAbsent(handlerClass, missing -> new HandlerSite(missing, wish));
    }

    /**
     * Calls user code that waits for no other, and no other for it: now, or on a thread that may block.
     *
     * @param loop the one that this is called on
     * @param body catches and tells what user code throws; what it does not catch is logged
     */
    @OnLoop
    public void callApart(HandlerSite site, Loop loop, Runnable body) {
        // With calls of its own, behind which nothing ever queues.
        new UserCalls(this, loop, () -> {}).call(site, 0, body);
    }

    /** How many sites were moved from the loops, since they were seen to wait there. */
    public long moved() {
        return moved.get();
    }

    /** Ends the watch; sites stay where they are. */
    @Override
    public synchronized void close() {
        closed = true;
        if (watchdog != null) {
            watchdog.close();
        }
    }

    UserThreads threads() {
        return threads;
    }

    synchronized boolean isWatching() {
        return watchdog != null && watchdog.isAlive();
    }

    private Map<Class<?>, HandlerSite> sitesOf(HandlerThread wish) {
        return sites.getOrDefault(wish, Map.of());
    }

    private synchronized void watch() {
        if (watchdog == null && !closed) {
            watchdog = new Watchdog(loops.all(), this::move);
            watchdog.start();
        }
    }

    private void move(HandlerSite site, StackSample sample) {
        site.move();
        moved.incrementAndGet();
        IllegalStateException where = new IllegalStateException("It waited here");
        where.setStackTrace(sample.stack().toArray(StackTraceElement[]::new));
        log.warn(
                "The handler {} waits on an event loop, which stops all connections there; from now on it runs on"
                        + " threads that may block. Declare it blocking, and it does from the beginning.",
                site,
                where);
    }
}
