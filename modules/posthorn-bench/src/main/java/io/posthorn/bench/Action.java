package io.posthorn.bench;

/** What the load generator does, by its own names. */
enum Action {
    ECHO("echo"),
    FANOUT("fanout"),
    HANDSHAKE("handshake"),
    IDLE("idle");

    private final String option;

    Action(String option) {
        this.option = option;
    }

    String option() {
        return option;
    }

    /** Whether each run gets a server of its own, because what a run leaves behind would show in the next one. */
    boolean needsFreshServer() {
        return this == HANDSHAKE || this == IDLE;
    }

    /** What is compared first, and drawn. */
    Metric metric() {
        return this == IDLE ? Metric.HEAP : Metric.CPU;
    }
}
