package io.posthorn.engineio;

import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

/**
 * Calls a session's listener, and is where its exceptions end: counted, logged once, and the end of that one session. On the
 * session's home loop.
 */
@OnLoop
final class ListenerBoundary {
    private static final String WHAT = "The listener of a session";

    private final Session session;
    private @Nullable SessionListener listener;
    private @Nullable End end;

    private record End(SessionCloseReason reason, String description) {}

    ListenerBoundary(Session session) {
        this.session = session;
    }

    /** Asks for the listener. Where the session ends meanwhile, it hears of it right after. */
    void open(EngineSession api) {
        try {
            listener = session.engine().handler().onOpen(api);
        } catch (Throwable failure) {
            failed(failure);
        }
        if (end != null) {
            tell(end);
        }
    }

    void text(byte[] packet) {
        session.engine().counters().received.increment(session.loop());
        if (listener == null) {
            return;
        }
        try {
            listener.onText(packet, 1);
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    void binary(byte[] bytes) {
        session.engine().counters().received.increment(session.loop());
        if (listener == null) {
            return;
        }
        try {
            listener.onBinary(bytes);
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    void upgraded() {
        if (listener == null) {
            return;
        }
        try {
            listener.onUpgrade();
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    /** Tells the end; whoever has heard of one does not hear of another. */
    void end(SessionCloseReason reason, String description) {
        if (end == null) {
            end = new End(reason, description);
            session.engine().counters().closed(reason);
            tell(end);
        }
    }

    private void tell(End told) {
        if (listener == null) {
            return;
        }
        try {
            listener.onClose(told.reason, told.description);
        } catch (Throwable failure) {
            session.engine().failed(WHAT, failure);
        }
    }

    private void failed(Throwable failure) {
        session.engine().failed(WHAT, failure);
        session.fail(SessionCloseReason.TRANSPORT_ERROR, "the session's listener failed");
    }
}
