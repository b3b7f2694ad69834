package io.posthorn.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs what handlers throw: each kind of failure once as an error, since a peer may be able to cause it at will, and again
 * only for debugging. A kind is the exception's class and the place where it was thrown. Safe for all threads.
 */
final class HandlerFailures {
    private static final Logger log = LoggerFactory.getLogger(HandlerFailures.class);
    private static final int MAX_KINDS = 1000;

    private record Kind(Class<?> type, String place) {}

    private final Set<Kind> logged = ConcurrentHashMap.newKeySet();

    void log(HttpRequest request, Exception failure) {
        if (isNew(failure)) {
            log.error(
                    "The handler of {} {} failed; further failures of this kind are logged for debugging only",
                    request.method(),
                    rawPath(request),
                    failure);
        } else {
            log.debug("The handler of {} {} failed again", request.method(), rawPath(request), failure);
        }
    }

    /** Not decoded, so that it cannot break the log's lines; without the query, which may hold secrets. */
    private static String rawPath(HttpRequest request) {
        return request.target().split("\\?", 2)[0];
    }

    private boolean isNew(Exception failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String place = stack.length == 0 ? "" : stack[0].toString();
        return logged.size() < MAX_KINDS && logged.add(new Kind(failure.getClass(), place));
    }
}
