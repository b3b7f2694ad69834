package io.posthorn.bench;

import java.util.List;

/**
 * The load of a case.
 *
 * @param protocol spoken with every server that knows it; with the others plain WebSocket, for comparison
 * @param arguments the rest, as the load generator takes them
 * @param warmUp what takes the place of {@code arguments} while the server warms up
 */
record Load(Action action, Protocol protocol, List<String> arguments, List<String> warmUp) {

    Protocol protocolFor(Server server) {
        return server.speaks(protocol) ? protocol : Protocol.WEBSOCKET;
    }

    /** The request target: what the profile {@code bench} serves under it, or the server's own. */
    String pathOn(Server server) {
        Protocol spoken = protocolFor(server);
        String own = server.paths().get(spoken);
        if (own != null) {
            return own;
        }
        return switch (spoken) {
            case SOCKETIO -> "/socket.io/";
            case EVENTSOURCE -> "/feed";
            case LONGPOLL -> "/feed?wait=25";
            case WEBSOCKET -> action == Action.FANOUT ? "/fanout" : "/echo";
        };
    }
}
