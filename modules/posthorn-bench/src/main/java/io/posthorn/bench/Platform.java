package io.posthorn.bench;

/** What runs a server. */
enum Platform {
    JDK_17,
    JDK_25,
    NODE,
    BUN,
    NGINX;

    boolean isJvm() {
        return this == JDK_17 || this == JDK_25;
    }
}
