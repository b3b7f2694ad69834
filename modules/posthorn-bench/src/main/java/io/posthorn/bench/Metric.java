package io.posthorn.bench;

/** A figure of a run: what it is called in the log of runs, and to people. Of all of them less is better but of RATE. */
enum Metric {
    CPU("cpuMicrosPerMessage", "server CPU", "µs"),
    USER("userMicrosPerMessage", "user CPU", "µs"),
    RATE("messagesPerSecond", "messages", "/s"),
    P50("p50Micros", "p50", "µs"),
    P99("p99Micros", "p99", "µs"),
    P999("p999Micros", "p99.9", "µs"),
    SERVER_LOAD("serverCpuPercent", "server's core", "%"),
    CLIENT_LOAD("clientCpuPercent", "load's core", "%"),
    PER_READ("messagesPerRead", "messages per read", ""),
    RSS("rssKiB", "memory", "KiB"),
    HEAP("heapBytesPerConnection", "heap per connection", "B"),
    RSS_EACH("rssBytesPerConnection", "memory per connection", "B");

    private final String key;
    private final String title;
    private final String unit;

    Metric(String key, String title, String unit) {
        this.key = key;
        this.title = title;
        this.unit = unit;
    }

    /** The name in JSON. */
    String key() {
        return key;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }
}
