package io.posthorn.bench;

/** What {@code ./bench} builds or installs, by the name that the script knows. */
enum Part {
    POSTHORN("posthorn"),
    NETTY("netty"),
    NETTY_SOCKETIO("netty-socketio"),
    NODE("node"),
    NCHAN("nchan");

    private final String option;

    Part(String option) {
        this.option = option;
    }

    String option() {
        return option;
    }
}
