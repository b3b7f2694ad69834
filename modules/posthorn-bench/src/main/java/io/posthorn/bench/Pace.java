package io.posthorn.bench;

/**
 * How long things take, in seconds.
 *
 * @param compiledWarmUp of traffic for a JVM that was just started
 * @param warmUp of traffic for any other server that was just started
 * @param runWarmUp before each run
 * @param run what is measured
 */
record Pace(double compiledWarmUp, double warmUp, double runWarmUp, double run) {
    static final Pace FULL = new Pace(10, 3, 1, 3);
    static final Pace QUICK = new Pace(6, 2, 0.5, 1.5);

    double warmUpOf(Server server) {
        return server.platform().isJvm() ? compiledWarmUp : warmUp;
    }
}
