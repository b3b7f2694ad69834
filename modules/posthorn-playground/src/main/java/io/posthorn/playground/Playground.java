package io.posthorn.playground;

import io.posthorn.Posthorn;

/** The playground's server: what it serves, and for whom. */
final class Playground {
    private Playground() {}

    /** A server that does not listen yet. */
    static Posthorn create() {
        Posthorn posthorn = Posthorn.create();
        new EchoInspector().addTo(posthorn);
        return posthorn;
    }
}
