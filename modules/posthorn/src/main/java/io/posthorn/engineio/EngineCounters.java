package io.posthorn.engineio;

import io.posthorn.loop.LoopCounter;
import io.posthorn.transport.TransportType;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one {@link EngineIo} counts. Safe for all threads. */
final class EngineCounters {
    final LongAdder upgrades = new LongAdder();
    final LongAdder failedUpgrades = new LongAdder();
    final LongAdder tooLarge = new LongAdder();
    final LongAdder full = new LongAdder();
    final LoopCounter received = new LoopCounter();
    final LoopCounter sent = new LoopCounter();
    final LongAdder dropped = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final Map<TransportType, LongAdder> opened = perConstant(TransportType.class);
    private final Map<SessionCloseReason, LongAdder> closed = perConstant(SessionCloseReason.class);
    private final Map<EngineError, LongAdder> refused = perConstant(EngineError.class);

    void opened(TransportType type) {
        increment(opened, type);
    }

    void closed(SessionCloseReason reason) {
        increment(closed, reason);
    }

    void refused(EngineError error) {
        increment(refused, error);
    }

    EngineStats snapshot() {
        Map<Integer, Long> codes = new LinkedHashMap<>();
        refused.forEach((error, count) -> codes.put(error.code(), count.sum()));
        return new EngineStats(
                sums(opened, TransportType.class),
                sums(closed, SessionCloseReason.class),
                upgrades.sum(),
                failedUpgrades.sum(),
                codes,
                tooLarge.sum(),
                full.sum(),
                received.sum(),
                sent.sum(),
                dropped.sum(),
                failures.sum());
    }

    private static <K extends Enum<K>> void increment(Map<K, LongAdder> counts, K key) {
        LongAdder count = counts.get(key);
        if (count != null) {
            count.increment();
        }
    }

    private static <K extends Enum<K>> Map<K, LongAdder> perConstant(Class<K> type) {
        Map<K, LongAdder> counts = new EnumMap<>(type);
        for (K constant : type.getEnumConstants()) {
            counts.put(constant, new LongAdder());
        }
        return counts;
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> counts, Class<K> type) {
        Map<K, Long> sums = new EnumMap<>(type);
        counts.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }
}
