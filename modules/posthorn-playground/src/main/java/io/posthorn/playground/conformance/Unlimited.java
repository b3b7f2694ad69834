package io.posthorn.playground.conformance;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.engineio.EngineLimits;
import io.posthorn.engineio.EngineOptions;
import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.OriginPolicy;

/** What profiles have in common: suites open as many connections as they like, from wherever they run. */
final class Unlimited {
    private Unlimited() {}

    /** A server without routes, but for {@code GET /}, which says what the others are. */
    static Posthorn server(PosthornOptions options, String index) {
        HttpLimits unlimited = HttpLimits.defaults().withMaxConnections(Integer.MAX_VALUE, Integer.MAX_VALUE);
        Posthorn posthorn = Posthorn.create(options.withLimits(unlimited));
        posthorn.route("GET /", exchange -> exchange.respond(HttpResponse.text(200, index)));
        return posthorn;
    }

    static EngineOptions engine() {
        return EngineOptions.defaults()
                .withOrigins(OriginPolicy.any())
                .withLimits(EngineLimits.defaults().withMaxSessions(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }
}
