package io.posthorn.socketio;

import io.posthorn.loop.LoopCounter;

import java.util.concurrent.atomic.LongAdder;

/** What one Socket.IO server counts. */
final class SocketIoCounters {
    final LongAdder connected = new LongAdder();
    final LongAdder disconnected = new LongAdder();
    final LongAdder refusedConnects = new LongAdder();
    final LongAdder connectTimeouts = new LongAdder();
    final LongAdder violations = new LongAdder();
    final LoopCounter packetsReceived = new LoopCounter();
    final LoopCounter packetsSent = new LoopCounter();
    final LongAdder broadcasts = new LongAdder();
    final LongAdder wrongArguments = new LongAdder();
    final LongAdder handlerFailures = new LongAdder();

    SocketIoStats snapshot() {
        return new SocketIoStats(
                connected.sum(),
                disconnected.sum(),
                refusedConnects.sum(),
                connectTimeouts.sum(),
                violations.sum(),
                packetsReceived.sum(),
                packetsSent.sum(),
                broadcasts.sum(),
                wrongArguments.sum(),
                handlerFailures.sum());
    }
}
