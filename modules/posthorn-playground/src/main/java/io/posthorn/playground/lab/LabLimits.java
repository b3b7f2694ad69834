package io.posthorn.playground.lab;

import java.time.Duration;

/**
 * What the lab allows its visitors.
 *
 * @param visits so many at a time
 * @param visitsPerAddress so many of one address
 * @param offline how long a visitor's readers do not reach the server
 * @param betweenPolls how long after an answer the next poll may be awaited
 */
record LabLimits(int visits, int visitsPerAddress, Duration offline, Duration betweenPolls) {
    static final LabLimits DEFAULTS = new LabLimits(200, 20, Duration.ofSeconds(5), Duration.ofSeconds(2));

    LabLimits withVisits(int other, int otherPerAddress) {
        return new LabLimits(other, otherPerAddress, offline, betweenPolls);
    }

    LabLimits withTimes(Duration otherOffline, Duration otherBetweenPolls) {
        return new LabLimits(visits, visitsPerAddress, otherOffline, otherBetweenPolls);
    }
}
