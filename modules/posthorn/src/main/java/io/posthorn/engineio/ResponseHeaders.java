package io.posthorn.engineio;

import io.posthorn.http.HttpRequest;

import java.util.List;
import java.util.Map;

/** Headers that the application adds to answers. */
@FunctionalInterface
public interface ResponseHeaders {
    /**
     * Names and values for the answer to a request, in order; a name may come again. Called on the request's loop, or the
     * session's: it must not block.
     */
    List<Map.Entry<String, String>> of(HttpRequest request);
}
