package io.posthorn.socketio;

import io.posthorn.loop.HandlerSite;

import java.util.List;

/** A namespace's middlewares, from a client's CONNECT to the answer. */
final class ConnectionSteps implements Chain.Steps {
    private final SocketConnection connection;
    private final List<Namespace.Guard> guards;

    ConnectionSteps(SocketConnection connection) {
        this.connection = connection;
        this.guards = connection.namespace().middleware();
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
        guards.get(index).middleware().handle(connection.socket(), next);
    }

    @Override
    public void passed() {
        onLoop(connection::accept);
    }

    @Override
    public void refused(RefusedException refusal) {
        onLoop(() -> connection.refuse(refusal));
    }

    @Override
    public void failed(Throwable failure, boolean isDecided) {
        connection.failed("middleware", failure);
        if (!isDecided) {
            // What went wrong inside is nothing that a stranger should read.
            refused(new RefusedException("Internal server error"));
        }
    }

    private void onLoop(Runnable action) {
        if (connection.loop().inLoop()) {
            action.run();
        } else {
            connection.loop().mailbox().execute(action);
        }
    }
}
