package io.posthorn.socketio;

import io.posthorn.loop.HandlerSite;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a socket's handlers are for and where they run, without the handlers: one layout for all sockets to which the same were
 * added in the same order, as an application's connection handler does. So a socket keeps only what is its own.
 *
 * <pre>
 *   root: ( ) ── on "join" ──► (join) ── on "message" ──► (join, message)
 *                                └────── on "leave" ────► (join, leave)
 * </pre>
 *
 * Immutable but for the layouts that were found to follow it. For all threads.
 */
final class HandlerLayout {
    /** An application may name events after its users: layouts beyond these are their sockets' own. */
    private static final int MAX_SHARED = 1000;

    private final @Nullable HandlerLayout root;
    private final Slot[] slots;
    private final @Nullable AtomicInteger shared;
    private final Map<Slot, HandlerLayout> followers;

    /**
     * One handler's place.
     *
     * @param argument the type of the first argument where the handler wants that alone, else null
     */
    record Slot(String event, @Nullable Class<?> argument, HandlerSite site) {
        @SuppressWarnings("unchecked") // A handler was added with the type that it takes.
        void call(Object handler, Event received) throws Exception {
            if (argument == null) {
                ((EventHandler) handler).onEvent(received);
            } else {
                ((ArgumentHandler<Object>) handler).onArgument(received.arg(0, argument));
            }
        }
    }

    private HandlerLayout(@Nullable HandlerLayout root, Slot[] slots, @Nullable AtomicInteger shared) {
        this.root = root;
        this.slots = slots;
        this.shared = shared;
        this.followers = shared == null ? Map.of() : new ConcurrentHashMap<>(2);
    }

    /** The layout of no handlers, from which a server's others come. */
    static HandlerLayout empty() {
        return new HandlerLayout(null, new Slot[0], new AtomicInteger());
    }

    /** Where it came from. */
    HandlerLayout root() {
        return root == null ? this : root;
    }

    int size() {
        return slots.length;
    }

    Slot slot(int index) {
        return slots[index];
    }

    /** The place of the next handler of an event; -1 where there is none. */
    int find(String event, int from) {
        for (int i = from; i < slots.length; i++) {
            if (slots[i].event.equals(event)) {
                return i;
            }
        }
        return -1;
    }

    /** With one more behind. */
    HandlerLayout plus(Slot slot) {
        HandlerLayout known = followers.get(slot);
        if (known != null) {
            return known;
        }
        Slot[] more = Arrays.copyOf(slots, slots.length + 1);
        more[slots.length] = slot;
        if (shared == null || shared.incrementAndGet() > MAX_SHARED) {
            return new HandlerLayout(root(), more, null);
        }
        HandlerLayout made = new HandlerLayout(root(), more, shared);
        HandlerLayout other = followers.putIfAbsent(slot, made);
        return other == null ? made : other;
    }
}
