package io.posthorn.bench;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * One run of one server, as it stands in the log.
 *
 * @param benchCase the case's name
 * @param round from 1; the runs of a round followed each other
 * @param fingerprint of the servers that took turns, their versions, and the load: runs are compared within one only
 * @param version what was measured, for people
 * @param figures by the {@linkplain Metric#key() names} of the load generator
 * @param error why the run counts for nothing, or null
 */
record Run(
        String benchCase,
        String server,
        int round,
        String fingerprint,
        String version,
        String date,
        Map<String, Double> figures,
        @Nullable String error) {

    boolean isValid() {
        return error == null;
    }

    /** NaN where the run has no such figure. */
    double figure(Metric metric) {
        return figures.getOrDefault(metric.key(), Double.NaN);
    }

    /** Whether the load generator, and not the server, was what kept the figures down. */
    boolean isLimitedByLoad() {
        return figure(Metric.CLIENT_LOAD) > 90 && figure(Metric.SERVER_LOAD) < 90;
    }
}
