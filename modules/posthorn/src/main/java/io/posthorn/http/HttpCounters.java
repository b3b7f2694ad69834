package io.posthorn.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What HTTP counts. Safe for all threads. */
final class HttpCounters {
    private static final int CLASSES = 5;

    final LongAdder opened = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder upgrades = new LongAdder();
    final LongAdder streams = new LongAdder();
    final LongAdder abandoned = new LongAdder();
    final LongAdder idle = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final LongAdder[] responses = adders(CLASSES);
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

    HttpCounters() {
        for (Refusal refusal : Refusal.values()) {
            refusals.put(refusal, new LongAdder());
        }
    }

    void responded(int status) {
        responses[status / 100 - 1].increment();
    }

    void refused(Refusal refusal) {
        Objects.requireNonNull(refusals.get(refusal)).increment();
    }

    HttpStats snapshot() {
        // Closed first, so that a connection that comes between the two reads is not counted as gone.
        long closedNow = closed.sum();
        Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
        refusals.forEach((refusal, count) -> refused.put(refusal, count.sum()));
        long[] byClass = new long[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            byClass[i] = responses[i].sum();
        }
        return new HttpStats(
                opened.sum(),
                closedNow,
                requests.sum(),
                HttpStats.Responses.of(byClass),
                refused,
                upgrades.sum(),
                streams.sum(),
                abandoned.sum(),
                idle.sum(),
                failures.sum());
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
