package io.posthorn.socketio;

import io.posthorn.loop.LoopFuture;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;
import io.posthorn.socketio.protocol.PacketData;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The acknowledgements that one socket waits for. It lives on the socket's loop, and owns nothing while it waits for none. */
@OnLoop
final class PendingAcks {
    private final TimerWheel timers;
    private final int max;
    private final Expiry expiry;
    private @Nullable Map<Long, Pending> pending;

    /** What happens to those that do not come in time. */
    @FunctionalInterface
    interface Expiry {
        void onExpired(Pending pending);
    }

    /** One that is waited for. */
    static final class Pending extends TimerWheel.Deadline {
        private final PendingAcks owner;
        private final long id;
        private final String event;
        private final LoopFuture<Arguments> future;

        private Pending(PendingAcks owner, long id, String event, LoopFuture<Arguments> future) {
            this.owner = owner;
            this.id = id;
            this.event = event;
            this.future = future;
        }

        String event() {
            return event;
        }

        LoopFuture<Arguments> future() {
            return future;
        }

        Arguments arguments(PacketData data) {
            return new Arguments(event, data);
        }

        @Override
        protected void onExpired() {
            owner.remove(id);
            owner.expiry.onExpired(this);
        }
    }

    PendingAcks(TimerWheel timers, int max, Expiry expiry) {
        this.timers = timers;
        this.max = max;
        this.expiry = expiry;
    }

    /**
     * Begins to wait.
     *
     * @param timeout null is to wait as long as the socket lives
     * @return false where as many are waited for as there may be
     */
    boolean offer(long id, String event, LoopFuture<Arguments> future, @Nullable Duration timeout) {
        Map<Long, Pending> waiting = pending == null ? new HashMap<>() : pending;
        if (waiting.size() >= max) {
            return false;
        }
        pending = waiting;
        Pending added = new Pending(this, id, event, future);
        waiting.put(id, added);
        if (timeout != null) {
            timers.schedule(added, timeout.toNanos());
        }
        return true;
    }

    /** Takes out what was waited for; null where it is unknown, or was answered before. */
    @Nullable
    Pending take(long id) {
        Pending taken = remove(id);
        if (taken != null) {
            timers.cancel(taken);
        }
        return taken;
    }

    /** Takes all out. */
    List<Pending> takeAll() {
        if (pending == null) {
            return List.of();
        }
        List<Pending> all = new ArrayList<>(pending.values());
        all.forEach(timers::cancel);
        pending = null;
        return all;
    }

    int size() {
        return pending == null ? 0 : pending.size();
    }

    private @Nullable Pending remove(long id) {
        if (pending == null) {
            return null;
        }
        Pending removed = pending.remove(id);
        if (pending.isEmpty()) {
            pending = null;
        }
        return removed;
    }
}
