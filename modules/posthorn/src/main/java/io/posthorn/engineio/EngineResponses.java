package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;
import io.posthorn.http.HttpResponse;
import io.posthorn.json.JsonObjectWriter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What requests are answered, with the headers that the application adds. Safe for all threads. */
final class EngineResponses {
    private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);
    private static final HttpResponse UNCACHED = HttpResponse.of(200).header("Cache-Control", "no-store");

    private final EngineIo engine;

    EngineResponses(EngineIo engine) {
        this.engine = engine;
    }

    /** The answers to a poll. */
    PollAnswers poll(HttpRequest request, boolean isInitial) {
        return new PollAnswers(with(headers(request, isInitial)));
    }

    /** The answer to a POST. */
    HttpResponse ok(HttpRequest request) {
        return with(headers(request, false)).body("text/html", OK);
    }

    /** The answer to a request that is refused. */
    static HttpResponse refusal(EngineError error, String message) {
        byte[] json = new JsonObjectWriter()
                .raw("code", Integer.toString(error.code()).getBytes(StandardCharsets.US_ASCII))
                .string("message", message)
                .bytes();
        return HttpResponse.of(error.status())
                .header("Cache-Control", "no-store")
                .body("application/json", json);
    }

    /**
     * What the application adds to an answer; nothing where that fails.
     *
     * @param isInitial whether the answer opens a session
     */
    List<Map.Entry<String, String>> headers(HttpRequest request, boolean isInitial) {
        List<Map.Entry<String, String>> added = new ArrayList<>(0);
        try {
            if (isInitial) {
                engine.options().initialHeaders().forEach(some -> added.addAll(some.of(request)));
            }
            engine.options().headers().forEach(some -> added.addAll(some.of(request)));
            added.forEach(header -> HttpResponse.of(200).header(header.getKey(), header.getValue())); // may be none
            return added;
        } catch (Throwable failure) {
            // An Error too: the client waits for its answer.
            engine.failed("What adds headers", failure);
            return List.of();
        }
    }

    private static HttpResponse with(List<Map.Entry<String, String>> headers) {
        HttpResponse response = UNCACHED;
        for (Map.Entry<String, String> header : headers) {
            response = response.header(header.getKey(), header.getValue());
        }
        return response;
    }
}
