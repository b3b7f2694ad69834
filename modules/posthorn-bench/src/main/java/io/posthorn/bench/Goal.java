package io.posthorn.bench;

/** What a server must reach in a case. */
sealed interface Goal {
    Metric metric();

    /** The name of the server that must. */
    String server();

    double limit();

    /** No more than {@code limit} times what another server took in the same round; the median over the rounds. */
    record Ratio(Metric metric, String server, String peer, double limit) implements Goal {}

    /** No more than {@code limit}, in the metric's unit; the median over the rounds. */
    record Ceiling(Metric metric, String server, double limit) implements Goal {}
}
