package io.posthorn.socketio;

/**
 * What Socket.IO servers have counted.
 *
 * @param connected sockets that connected to a namespace
 * @param disconnected sockets that ended
 * @param refusedConnects connects that were refused: no such namespace, or a middleware said no
 * @param connectTimeouts connections closed since they joined no namespace in time
 * @param violations connections closed since they spoke out of turn or in packets that are none
 * @param packetsReceived events and acknowledgements of clients
 * @param packetsSent packets given to sockets, each receiver of a broadcast counted
 * @param broadcasts events sent to many
 * @param wrongArguments arguments that did not fit the type that a handler asked for
 * @param handlerFailures handlers that threw
 */
public record SocketIoStats(
        long connected,
        long disconnected,
        long refusedConnects,
        long connectTimeouts,
        long violations,
        long packetsReceived,
        long packetsSent,
        long broadcasts,
        long wrongArguments,
        long handlerFailures) {
    /** A server without any. */
    public static SocketIoStats none() {
        return new SocketIoStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Sockets now. */
    public long sockets() {
        return connected - disconnected;
    }

    /** Both together. */
    public SocketIoStats plus(SocketIoStats other) {
        return new SocketIoStats(
                connected + other.connected,
                disconnected + other.disconnected,
                refusedConnects + other.refusedConnects,
                connectTimeouts + other.connectTimeouts,
                violations + other.violations,
                packetsReceived + other.packetsReceived,
                packetsSent + other.packetsSent,
                broadcasts + other.broadcasts,
                wrongArguments + other.wrongArguments,
                handlerFailures + other.handlerFailures);
    }
}
