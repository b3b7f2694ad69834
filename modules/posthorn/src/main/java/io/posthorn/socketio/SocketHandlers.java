package io.posthorn.socketio;

import java.util.Arrays;

/**
 * The handlers of one socket's events, in the order in which they were added. They are few: looked through one by one, and
 * copied when one is added. For all threads.
 */
final class SocketHandlers {
    private volatile Registered registered;

    /** Handlers with their places. Immutable. */
    static final class Registered {
        private final HandlerLayout layout;
        private final Object[] handlers;

        private Registered(HandlerLayout layout, Object[] handlers) {
            this.layout = layout;
            this.handlers = handlers;
        }

        HandlerLayout layout() {
            return layout;
        }

        Object handler(int index) {
            return handlers[index];
        }

        private static Registered none(HandlerLayout root) {
            return new Registered(root, new Object[0]);
        }

        private Registered plus(HandlerLayout.Slot slot, Object handler) {
            Object[] more = Arrays.copyOf(handlers, handlers.length + 1);
            more[handlers.length] = handler;
            return new Registered(layout.plus(slot), more);
        }
    }

    /** Which handlers are meant. */
    interface Choice {
        boolean means(HandlerLayout.Slot slot, Object handler);
    }

    SocketHandlers(HandlerLayout root) {
        this.registered = Registered.none(root);
    }

    synchronized void add(HandlerLayout.Slot slot, Object handler) {
        registered = registered.plus(slot, handler);
    }

    synchronized void removeIf(Choice unwanted) {
        Registered before = registered;
        Registered left = Registered.none(before.layout.root());
        for (int i = 0; i < before.handlers.length; i++) {
            if (!unwanted.means(before.layout.slot(i), before.handlers[i])) {
                left = left.plus(before.layout.slot(i), before.handlers[i]);
            }
        }
        registered = left;
    }

    Registered all() {
        return registered;
    }
}
