package io.posthorn.websocket;

import java.util.concurrent.atomic.LongAdder;

/** What one server counts about its WebSockets. Any thread adds, any thread takes a {@link #snapshot}. */
final class WebSocketCounters {
    final LongAdder opened = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder refusedHandshakes = new LongAdder();
    final LongAdder messagesReceived = new LongAdder();
    final LongAdder messagesSent = new LongAdder();
    final LongAdder protocolErrors = new LongAdder();
    final LongAdder invalidPayloads = new LongAdder();
    final LongAdder policyViolations = new LongAdder();
    final LongAdder tooBig = new LongAdder();
    final LongAdder slowReaders = new LongAdder();
    final LongAdder idleTimeouts = new LongAdder();
    final LongAdder closeTimeouts = new LongAdder();
    final LongAdder handlerFailures = new LongAdder();

    void countViolation(int code) {
        switch (code) {
            case CloseCode.INVALID_PAYLOAD -> invalidPayloads.increment();
            case CloseCode.POLICY_VIOLATION -> policyViolations.increment();
            case CloseCode.TOO_BIG -> tooBig.increment();
            default -> protocolErrors.increment();
        }
    }

    WebSocketStats snapshot() {
        long closedSoFar = closed.sum();
        long openedSoFar = opened.sum();
        return new WebSocketStats(
                Math.max(0, openedSoFar - closedSoFar),
                openedSoFar,
                closedSoFar,
                refusedHandshakes.sum(),
                messagesReceived.sum(),
                messagesSent.sum(),
                protocolErrors.sum(),
                invalidPayloads.sum(),
                policyViolations.sum(),
                tooBig.sum(),
                slowReaders.sum(),
                idleTimeouts.sum(),
                closeTimeouts.sum(),
                handlerFailures.sum());
    }
}
