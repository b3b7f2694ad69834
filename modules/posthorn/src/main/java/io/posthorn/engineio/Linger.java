package io.posthorn.engineio;

import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;

/** The end of the time that a session has when nothing more is said but its last words. On its home loop. */
@OnLoop
final class Linger extends TimerWheel.Deadline {
    private final Session session;

    /** Begins at once. */
    Linger(Session session, long nanos) {
        this.session = session;
        session.loop().timers().schedule(this, nanos);
    }

    void cancel() {
        session.loop().timers().cancel(this);
    }

    @Override
    protected void onExpired() {
        session.fail(SessionCloseReason.FORCED_CLOSE, "");
    }
}
