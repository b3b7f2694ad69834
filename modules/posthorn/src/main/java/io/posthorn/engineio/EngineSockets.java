package io.posthorn.engineio;

import io.posthorn.loop.HandlerSite;
import io.posthorn.loop.HandlerSites;
import io.posthorn.loop.HandlerThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Makes an {@link EngineSocket} of each session, for applications that use Engine.IO by itself. Safe for all threads. */
public final class EngineSockets implements SessionHandler {
    private static final Logger log = LoggerFactory.getLogger(EngineSockets.class);

    private final HandlerSites sites;
    private final Consumer<EngineSocket> onConnection;
    private final AtomicBoolean failureLogged = new AtomicBoolean();

    /**
     * The sockets of one path.
     *
     * @param onConnection called with each socket, to set its handlers
     */
    public EngineSockets(HandlerSites sites, Consumer<EngineSocket> onConnection) {
        this.sites = sites;
        this.onConnection = onConnection;
    }

    @Override
    public SessionListener onOpen(EngineSession session) {
        EngineSocket socket = new EngineSocket(session, this, sites);
        socket.connected(onConnection);
        return socket.listener();
    }

    HandlerSite site(Class<?> handlerClass, HandlerThread wish) {
        return sites.site(handlerClass, wish);
    }

    /** A handler has thrown: that is its socket's error handler's business, or else is logged once. */
    void failed(Throwable failure, @Nullable Consumer<Throwable> errorHandler) {
        if (errorHandler != null) {
            try {
                errorHandler.accept(failure);
            } catch (Throwable second) {
                log.debug("A handler of errors failed", second);
            }
        } else if (failureLogged.compareAndSet(false, true)) {
            log.error("A handler failed; further failures here are logged for debugging only", failure);
        } else {
            log.debug("A handler failed again", failure);
        }
    }
}
