package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.feed.FeedOptions;
import io.posthorn.http.OriginPolicy;
import io.posthorn.http.StaticFiles;
import io.posthorn.playground.lab.Lab;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The playground's server: what it serves, and for whom. */
final class Playground {
    // Whatever finds its way into a page, the browser runs and loads nothing but what lies beside the page.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Pages from anywhere may read it: a clock is no secret.
    private static final FeedOptions CLOCK =
            FeedOptions.defaults().withOrigins(OriginPolicy.any()).withCallback("setTime");

    private static final String NEWS = "Welcome to the playground of Posthorn";

    private Playground() {}

    /** A server that does not listen yet. */
    static Posthorn create(PosthornOptions options) {
        Posthorn posthorn = Posthorn.create(options);
        posthorn.files("/", pages());
        posthorn.files("/plain/", PlainPages.files());
        posthorn.metrics("/metrics");
        posthorn.health("/healthz");
        new EchoInspector().addTo(posthorn);
        Lab.addTo(posthorn);
        posthorn.feed("/clock", CLOCK)
                .every(
                        Duration.ofSeconds(1),
                        () -> Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        // Whoever asks for no other namespace hears nothing of this one.
        posthorn.socketIo().of("/news").onConnection(socket -> socket.emit("news", NEWS));
        return posthorn;
    }

    private static StaticFiles pages() {
        return StaticFiles.fromClassPath("web")
                .withHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .withHeader("Referrer-Policy", "no-referrer");
    }
}
