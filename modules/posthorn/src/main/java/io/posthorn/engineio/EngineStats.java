package io.posthorn.engineio;

import io.posthorn.transport.TransportType;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Engine.IO has counted.
 *
 * @param opened sessions that were opened, by their first transport
 * @param closed sessions that have ended, by reason
 * @param upgrades sessions that went from polling to WebSocket
 * @param failedUpgrades WebSockets that were for a session and did not become its transport
 * @param refused requests that were refused, by Engine.IO's code, 0 to 5
 * @param tooLarge POSTs that were too large
 * @param full handshakes that were refused since there was no room
 * @param received messages from clients
 * @param sent messages to clients
 * @param dropped volatile messages that could not be sent at once
 * @param failures times that something of the application's threw
 */
public record EngineStats(
        Map<TransportType, Long> opened,
        Map<SessionCloseReason, Long> closed,
        long upgrades,
        long failedUpgrades,
        Map<Integer, Long> refused,
        long tooLarge,
        long full,
        long received,
        long sent,
        long dropped,
        long failures) {
    /** Nothing counted. */
    public static EngineStats none() {
        return new EngineCounters().snapshot();
    }

    /** Both together. */
    public EngineStats plus(EngineStats other) {
        return new EngineStats(
                plus(opened, other.opened),
                plus(closed, other.closed),
                upgrades + other.upgrades,
                failedUpgrades + other.failedUpgrades,
                plus(refused, other.refused),
                tooLarge + other.tooLarge,
                full + other.full,
                received + other.received,
                sent + other.sent,
                dropped + other.dropped,
                failures + other.failures);
    }

    /** Sessions now. */
    public long sessions() {
        return sum(opened) - sum(closed);
    }

    private static <K> Map<K, Long> plus(Map<K, Long> some, Map<K, Long> others) {
        Map<K, Long> sums = new LinkedHashMap<>(some);
        others.forEach((key, count) -> sums.merge(key, count, Long::sum));
        return sums;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
