package io.posthorn.socketio;

import io.posthorn.loop.HandlerThread;

/** A handler whose thread was declared. */
record PlacedHandler(EventHandler handler, HandlerThread thread) implements EventHandler {
    @Override
    public void onEvent(Event event) throws Exception {
        handler.onEvent(event);
    }
}
