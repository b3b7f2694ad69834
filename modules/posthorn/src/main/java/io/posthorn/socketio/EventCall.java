package io.posthorn.socketio;

/** One event on its way to one handler, whose failure ends here: the one object that this costs. For the handler's thread. */
record EventCall(SocketConnection connection, HandlerLayout.Slot slot, Object handler, Event event)
        implements Runnable {
    @Override
    public void run() {
        try {
            slot.call(handler, event);
        } catch (Throwable failure) {
            // An Error too, as with everything of the application's.
            connection.failed(event.name(), failure);
        }
    }
}
