package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.UserThreads;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Decides who gets a session, and which id it has: what the application says to both may take its time. */
final class Handshakes {
    private static final String REVISION = "4";
    private static final int MAX_ID = 128;
    private static final HttpResponse FULL = HttpResponse.text(503, "There are as many sessions as there may be.\n")
            .header("Retry-After", "5");

    private final EngineIo engine;
    private final EngineOptions options;
    private final UserThreads threads;

    Handshakes(EngineIo engine, UserThreads threads) {
        this.engine = engine;
        this.options = engine.options();
        this.threads = threads;
    }

    /**
     * Begins with a request that names no session.
     *
     * @param open gets the new session's id, on the loop of the request's connection
     */
    @OnLoop
    void begin(HttpExchange exchange, Consumer<String> open) {
        // None at all is revision 3.
        String revision = exchange.queryParameter("EIO").orElse("3");
        if (!revision.equals(REVISION)) {
            engine.refuse(exchange, EngineError.UNSUPPORTED_PROTOCOL_VERSION, Map.of("protocol", revision));
        } else if (!engine.registry().hasRoom(exchange.request())) {
            refuseFull(exchange);
        } else if (options.allowRequest().isPresent()) {
            AllowRequest allowRequest = options.allowRequest().get();
            threads.execute(() -> ask(allowRequest, exchange, open));
        } else {
            name(exchange, open);
        }
    }

    /** On a thread that may block. */
    private void ask(AllowRequest allowRequest, HttpExchange exchange, Consumer<String> open) {
        Admission admission = admission(allowRequest, exchange);
        exchange.loop().mailbox().execute(() -> {
            if (admission.isAllowed()) {
                name(exchange, open);
            } else {
                Map<String, Object> context = Map.of("message", admission.message());
                engine.refuse(exchange, EngineError.FORBIDDEN, admission.message(), context);
            }
        });
    }

    private Admission admission(AllowRequest allowRequest, HttpExchange exchange) {
        try {
            return Objects.requireNonNull(allowRequest.allow(exchange.request()), "no admission");
        } catch (Throwable failure) {
            // An Error too: the client waits for its answer.
            engine.failed("What admits clients", failure);
            return Admission.refused();
        }
    }

    @OnLoop
    private void name(HttpExchange exchange, Consumer<String> open) {
        try {
            options.ids()
                    .next(exchange.request())
                    .whenComplete((id, failure) ->
                            exchange.loop().mailbox().execute(() -> named(exchange, id, failure, open)));
        } catch (Throwable failure) {
            named(exchange, null, failure, open);
        }
    }

    @OnLoop
    private void named(HttpExchange exchange, @Nullable String id, @Nullable Throwable failure, Consumer<String> open) {
        if (!engine.registry().hasRoom(exchange.request())) {
            refuseFull(exchange); // others have come while the application made up its mind
            return;
        }
        if (id != null && isId(id) && !engine.registry().isInUse(id)) {
            open.accept(id);
            return;
        }
        Throwable error = failure == null ? new IllegalStateException("no id that can be used") : failure;
        engine.failed("What makes ids", error);
        engine.refuse(exchange, EngineError.BAD_REQUEST, Map.of("name", "ID_GENERATION_ERROR", "error", error));
    }

    private void refuseFull(HttpExchange exchange) {
        engine.counters().full.increment();
        exchange.respond(FULL);
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID && id.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
