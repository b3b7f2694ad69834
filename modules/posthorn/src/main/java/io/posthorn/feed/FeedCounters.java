package io.posthorn.feed;

import io.posthorn.transport.TransportType;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What all feeds of a server count together. */
final class FeedCounters {
    final LongAdder published = new LongAdder();
    final LongAdder refusedPublishes = new LongAdder();
    final LongAdder refusedReaders = new LongAdder();
    final LongAdder created = new LongAdder();
    final LongAdder freed = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder untoldGaps = new LongAdder();
    final LongAdder slowReaders = new LongAdder();
    final LongAdder sourceFailures = new LongAdder();
    private final Map<TransportType, LongAdder> opened = perTransport();
    private final Map<TransportType, LongAdder> closed = perTransport();

    void opened(TransportType type) {
        add(opened, type);
    }

    void closed(TransportType type) {
        add(closed, type);
    }

    FeedStats snapshot() {
        return new FeedStats(
                created.sum() - freed.sum(),
                sums(opened),
                sums(closed),
                published.sum(),
                delivered.sum(),
                dropped.sum(),
                gaps.sum(),
                untoldGaps.sum(),
                slowReaders.sum(),
                refusedReaders.sum(),
                refusedPublishes.sum(),
                sourceFailures.sum());
    }

    private static void add(Map<TransportType, LongAdder> counters, TransportType type) {
        LongAdder counter = counters.get(type);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Map<TransportType, LongAdder> perTransport() {
        Map<TransportType, LongAdder> counters = new EnumMap<>(TransportType.class);
        for (TransportType type : TransportType.values()) {
            counters.put(type, new LongAdder());
        }
        return counters;
    }

    private static Map<TransportType, Long> sums(Map<TransportType, LongAdder> counters) {
        Map<TransportType, Long> sums = new EnumMap<>(TransportType.class);
        counters.forEach((type, counter) -> sums.put(type, counter.sum()));
        return sums;
    }
}
