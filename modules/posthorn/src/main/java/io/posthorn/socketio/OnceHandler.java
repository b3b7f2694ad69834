package io.posthorn.socketio;

import java.util.concurrent.atomic.AtomicBoolean;

/** A handler of one event, which takes itself away. */
final class OnceHandler implements EventHandler {
    private final EventHandler handler;
    private final SocketHandlers owner;
    private final AtomicBoolean done = new AtomicBoolean();

    OnceHandler(EventHandler handler, SocketHandlers owner) {
        this.handler = handler;
        this.owner = owner;
    }

    @Override
    public void onEvent(Event event) throws Exception {
        if (done.compareAndSet(false, true)) {
            owner.removeIf((slot, added) -> added == this);
            handler.onEvent(event);
        }
    }
}
