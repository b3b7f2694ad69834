package io.posthorn.socketio.adapter;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Burst;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;

import java.util.Set;

/**
 * What a socket is to an adapter. It never changes its loop nor its id, and compares by identity. No method calls user
 * code, none throws, and none but {@link #roomsChanged} may be called after it has gone without being harmless.
 */
public interface Member {
    /** Its id, which is also the name of the room that it alone is always in. */
    String id();

    /** Its home. */
    Loop loop();

    /** Whether it has gone: who has is not added to any room again, however late a join arrives. */
    @OnLoop
    boolean isGone();

    /** Whether messages reach it: until they do it may be in rooms, but is in nobody's audience. */
    @OnLoop
    default boolean isReachable() {
        return true;
    }

    /** Takes a message, and does not flush. */
    @OnLoop
    void deliver(Message message, Delivery delivery);

    /**
     * Sends messages that others get too, at once, where nothing waits before them and its transport can do so.
     *
     * @return false where nothing was done, and each message is to be delivered
     */
    @OnLoop
    default boolean offer(Burst burst) {
        return false;
    }

    /** Sends what it has taken. */
    @OnLoop
    void flush();

    /**
     * Its rooms are others now.
     *
     * @param rooms all of them, its own included; immutable
     */
    @OnLoop
    void roomsChanged(Set<String> rooms);
}
