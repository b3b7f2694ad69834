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
        // Off the loop it is in the middleware's own place in the queue, so that the order is kept. On it, a middleware
        // may
        // go on so late that the application has been told of the end already.
        if (!connection.loop().inLoop() || !connection.isGone()) {
            connection.handle(event, bytes);
        }
    }

    @Override
    public void refused(RefusedException refusal) {
        connection.failed(event.name(), refusal);
    }

    @Override
    public void failed(Throwable failure, boolean isDecided) {
        connection.failed(event.name(), failure);
    }
}
