package io.posthorn.http;

import io.posthorn.loop.UserThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs handlers, and is where their exceptions end: counted, logged, answered with 500 where no answer was given. The
 * connection lives. Safe for all threads.
 *
 * <p>Each kind of failure is logged as an error once, since a peer may be able to cause it at will, and again only for
 * debugging. A kind is the exception's class and the place where it was thrown.
 */
final class HandlerBoundary {
    private static final Logger log = LoggerFactory.getLogger(HandlerBoundary.class);
    private static final int MAX_KINDS = 1000;

    private record Kind(Class<?> type, String place) {}

    private final UserThreads threads;
    private final HttpCounters counters;
    private final Set<Kind> logged = ConcurrentHashMap.newKeySet();

    HandlerBoundary(UserThreads threads, HttpCounters counters) {
        this.threads = threads;
        this.counters = counters;
    }

    /** Runs a handler on the calling thread. */
    void handle(HttpExchange exchange, HttpHandler handler) {
        try {
            handler.handle(exchange);
        } catch (Throwable failure) {
            // Not only exceptions: a stack that overflows on one request must not end a loop or leave a client waiting.
            failed(exchange.request(), failure);
            exchange.offer(HttpResponse.text(500, "The server failed to answer this request.\n"));
        }
    }

    /** Runs a handler on a thread that may block. */
    void handleBlocking(HttpExchange exchange, HttpHandler handler) {
        threads.execute(() -> handle(exchange, handler));
    }

    /** Tells a handler of a request whose body is still to come; what is returned throws nothing. */
    Runnable announce(HttpRequest head, HttpHandler handler) {
        try {
            Runnable over = handler.announce(head);
            return () -> {
                try {
                    over.run();
                } catch (Throwable failure) {
                    failed(head, failure);
                }
            };
        } catch (Throwable failure) {
            failed(head, failure);
            return () -> {};
        }
    }

    /** Tells an exchange that its client has left. */
    void abandon(HttpExchange exchange) {
        try {
            exchange.abandon();
        } catch (Throwable failure) {
            failed(exchange.request(), failure);
        }
    }

    private void failed(HttpRequest request, Throwable failure) {
        counters.failures.increment();
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

    private boolean isNew(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String place = stack.length == 0 ? "" : stack[0].toString();
        return logged.size() < MAX_KINDS && logged.add(new Kind(failure.getClass(), place));
    }

    /** Not decoded, so that it cannot break the log's lines; without the query, which may hold secrets. */
    private static String rawPath(HttpRequest request) {
        int mark = request.target().indexOf('?');
        return mark < 0 ? request.target() : request.target().substring(0, mark);
    }
}
