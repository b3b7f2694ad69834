package io.posthorn.socketio;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where what the application's code throws ends: counted, logged, given to {@code onError}. The connection lives. Each kind
 * of failure, which is its class and the place where it was thrown, is logged as an error once, since a peer may be able to
 * cause it at will. For all threads.
 */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final int MAX_KINDS = 1000;

    private record Kind(Class<?> type, String place) {}

    private final SocketIoCounters counters;
    private final Set<Kind> logged = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ErrorHandler handler;

    Failures(SocketIoCounters counters) {
        this.counters = counters;
    }

    void onError(ErrorHandler errorHandler) {
        handler = errorHandler;
    }

    void failed(Socket socket, String what, Throwable failure) {
        if (failure instanceof ArgumentException wrong) {
            counters.wrongArguments.increment();
            log.debug("{}: {}", socket, wrong.getMessage());
        } else if (failure instanceof RefusedException) {
            log.debug("{}: an event was refused: {}", socket, failure.getMessage());
        } else {
            counters.handlerFailures.increment();
            log(socket, what, failure);
        }
        tell(socket.errorHandler(), socket, failure);
        tell(handler, socket, failure);
    }

    private void log(Socket socket, String what, Throwable failure) {
        if (isNew(failure)) {
            log.error(
                    "The handler of \"{}\" failed for {}; further failures of this kind are only counted",
                    what,
                    socket,
                    failure);
        } else {
            log.debug("The handler of \"{}\" failed again, for {}", what, socket, failure);
        }
    }

    private boolean isNew(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String place = stack.length == 0 ? "" : stack[0].toString();
        return logged.size() < MAX_KINDS && logged.add(new Kind(failure.getClass(), place));
    }

    private static void tell(@Nullable ErrorHandler handler, Socket socket, Throwable failure) {
        if (handler == null) {
            return;
        }
        try {
            handler.onError(socket, failure);
        } catch (Throwable again) {
            log.debug("an error handler of {} failed", socket, again);
        }
    }
}
