package io.posthorn.playground;

/** Somebody who talks to a server: a program, or a bare socket. */
interface SampleClient extends AutoCloseable {
    /** What it has printed or received until now, with lines that end in LF. */
    String output();

    /** Whether there is no more to come. */
    boolean hasEnded();

    /** What else it has to say, for whoever reads of a failure. */
    String complaints();

    @Override
    void close();
}
