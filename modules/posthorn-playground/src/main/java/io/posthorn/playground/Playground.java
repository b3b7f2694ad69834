package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.http.StaticFiles;

/** The playground's server: what it serves, and for whom. */
final class Playground {
    // Whatever finds its way into a page, the browser runs and loads nothing but what lies beside the page.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Playground() {}

    /** A server that does not listen yet. */
    static Posthorn create(PosthornOptions options) {
        Posthorn posthorn = Posthorn.create(options);
        posthorn.files("/", pages());
        posthorn.metrics("/metrics");
        posthorn.health("/healthz");
        new EchoInspector().addTo(posthorn);
        return posthorn;
    }

    private static StaticFiles pages() {
        return StaticFiles.fromClassPath("web")
                .withHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .withHeader("Referrer-Policy", "no-referrer");
    }
}
