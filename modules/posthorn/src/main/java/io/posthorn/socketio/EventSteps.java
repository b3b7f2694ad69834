package io.posthorn.socketio;

import io.posthorn.loop.HandlerSite;

import java.util.List;

/** A socket's middlewares, from an event to its handlers. */
final class EventSteps implements Chain.Steps {
    private final SocketConnection connection;
    private final Event event;
    private final int bytes;
    private final List<Socket.Guard> guards;

    EventSteps(SocketConnection connection, Event event, int bytes) {
        this.connection = connection;
        this.event = event;
        this.bytes = bytes;
        this.guards = connection.socket().middleware();
    }

    @Override
    public int count() {
        return guards.size();
    }

    @Override
    public HandlerSite site(int index) {
        return guards.get(index).site();
    }

    @Override
    public void call(int index, Next next) throws Exception {
        guards.get(index).middleware().handle(event, next);
    }

    @Override
    public void passed() {
        if (connection.loop().inLoop()) {
            connection.handle(event, bytes);
        } else {
            // In the middleware's own place in the queue, so that the order is kept.
            connection.handleHere(event);
        }
    }

    @Override
    public void refused(RefusedException refusal) {
        failed(refusal);
    }

    @Override
    public void failed(Throwable failure) {
        connection.failed(event.name(), failure);
    }
}
