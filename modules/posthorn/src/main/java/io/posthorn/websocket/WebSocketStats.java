package io.posthorn.websocket;

/**
 * What a server has counted about its WebSockets since it was made.
 *
 * @param open connections now
 * @param opened connections that were accepted
 * @param closed connections that have gone
 * @param refusedHandshakes requests for a WebSocket that were answered with an error
 * @param messagesReceived whole messages, text and binary
 * @param messagesSent whole messages, a broadcast once for each of its receivers
 * @param protocolErrors connections closed with 1002
 * @param invalidPayloads connections closed with 1007
 * @param policyViolations connections closed with 1008 for what they sent
 * @param tooBig connections closed with 1009
 * @param slowReaders connections closed with 1008 because too much waited to be sent
 * @param idleTimeouts connections closed because nothing was heard of them
 * @param closeTimeouts connections cut because the closing handshake took too long
 * @param handlerFailures exceptions that came out of the application's handlers
 */
public record WebSocketStats(
        long open,
        long opened,
        long closed,
        long refusedHandshakes,
        long messagesReceived,
        long messagesSent,
        long protocolErrors,
        long invalidPayloads,
        long policyViolations,
        long tooBig,
        long slowReaders,
        long idleTimeouts,
        long closeTimeouts,
        long handlerFailures) {}
