package io.posthorn.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The event loops of one server: they accept connections and carry them. Safe for all threads. */
public final class EventLoops implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventLoops.class);
    private static final long CLOSE_TIMEOUT_SECONDS = 10;

    private final IoKind kind;
    private final EventLoopGroup group;
    private final Map<EventExecutor, Loop> loops = new HashMap<>();

    /**
     * Starts loops.
     *
     * @param kind how they wait for sockets
     * @param count how many there are, at least 1
     * @throws IllegalArgumentException where the machine does not have that kind, or the count is not positive
     */
    public EventLoops(IoKind kind, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("The number of event loops must be at least 1, not " + count + ".");
        }
        if (!kind.isAvailable()) {
            throw new IllegalArgumentException(
                    "This machine does not have " + kind + "; choose NIO, which is everywhere.");
        }
        this.kind = kind;
        this.group = new MultiThreadIoEventLoopGroup(count, new LoopThread.Factory(), kind.handlers());
        for (EventExecutor executor : group) {
            loops.put(executor, new Loop((EventLoop) executor, loops.size()));
        }
        log.debug("{} event loops on {}", count, kind);
    }

    /** One loop per processor, on the best kind of this machine. */
    public static EventLoops ofThisMachine() {
        return new EventLoops(IoKind.best(), Runtime.getRuntime().availableProcessors());
    }

    /** How these loops wait for sockets. */
    public IoKind kind() {
        return kind;
    }

    /** The group for Netty's bootstrap. */
    public EventLoopGroup group() {
        return group;
    }

    /** The listening channel's class that fits the group. */
    public Class<? extends ServerChannel> serverChannel() {
        return kind.serverChannel();
    }

    /**
     * The loop around one of Netty's.
     *
     * @throws IllegalArgumentException where it is not one of this server's
     */
    public Loop of(EventLoop eventLoop) {
        Loop loop = loops.get(eventLoop);
        if (loop == null) {
            throw new IllegalArgumentException("not a loop of this server: " + eventLoop);
        }
        return loop;
    }

    /** All loops. */
    public List<Loop> all() {
        return new ArrayList<>(loops.values());
    }

    /**
     * Waits until every loop has ended what it was about when this was called: who sets a flag before knows that all of
     * them see it after. Not to be called on a loop.
     *
     * @return false where that took longer than the deadline, or the caller was interrupted
     */
    public boolean awaitTurn(Duration deadline) {
        CountDownLatch turns = new CountDownLatch(loops.size());
        for (Loop loop : loops.values()) {
            if (!loop.mailbox().execute(turns::countDown)) {
                turns.countDown();
            }
        }
        try {
            return turns.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the loops and waits for them, twice 10 seconds at most. Not to be called on a loop. */
    @Override
    public void close() {
        loops.values().forEach(loop -> loop.mailbox().execute(() -> prepareToEnd(loop)));
        awaitTurn(Duration.ofSeconds(CLOSE_TIMEOUT_SECONDS));
        group.shutdownGracefully(1, TimeUnit.SECONDS.toNanos(CLOSE_TIMEOUT_SECONDS), TimeUnit.NANOSECONDS)
                .awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A loop of Netty's closes its sockets between two turns, and may end without: where it is told in the midst of its
     * last. One that has a quiet period, however short, and something to run first has another turn.
     */
    private static void prepareToEnd(Loop loop) {
        loop.releaseBuffers();
        if (loop.eventLoop() instanceof SingleThreadEventExecutor netty) {
            netty.addShutdownHook(() -> log.trace("{} ends", netty));
        }
    }
}
