package io.posthorn.engineio;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Remembers the sessions of a server, in the order in which they open. */
final class Recorder implements SessionHandler {
    private final BlockingQueue<RecordedSession> opened = new LinkedBlockingQueue<>();
    private final BiConsumer<RecordedSession, String> onText;

    /** Whose sessions only listen. */
    Recorder() {
        this((session, text) -> {});
    }

    /** Whose sessions do something with each text, on their loop. */
    Recorder(BiConsumer<RecordedSession, String> onText) {
        this.onText = onText;
    }

    @Override
    public SessionListener onOpen(EngineSession session) {
        RecordedSession recorded = new RecordedSession(session, onText);
        opened.add(recorded);
        return recorded;
    }

    /** The next session that opens. */
    RecordedSession next() {
        try {
            RecordedSession next = opened.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no session has opened");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
