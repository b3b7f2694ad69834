package io.posthorn.engineio;

import io.posthorn.loop.DeadlineQueue;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;

/** The heartbeats of all sessions on one loop: two queues, each with one timer, however many there are. */
@OnLoop
final class Heartbeats {
    private final DeadlineQueue pings;
    private final DeadlineQueue pongs;
    private final long timeout;
    private final long maxPause;

    Heartbeats(Loop loop, EngineTimings timings) {
        this.timeout = timings.pingTimeout().toNanos();
        this.maxPause = timings.maxPause().toNanos();
        this.pings = new DeadlineQueue(loop, timings.pingInterval().toNanos());
        this.pongs = new DeadlineQueue(loop, timeout);
    }

    /** The heartbeat of a new session. */
    Heartbeat heartbeat(Listener listener) {
        return new Heartbeat(listener);
    }

    /** How many sessions are watched. */
    int size() {
        return pings.size() + pongs.size();
    }

    /** What a session hears of its heartbeat. */
    interface Listener {
        /** A ping is due. */
        void onPingDue();

        /** The client was silent for too long. */
        void onTimeout();
    }

    /**
     * One session's heartbeat.
     *
     * <pre>
     *   WAITING ── a ping is sent ──► PINGED ── no pong in time ──► the session ends
     *      ▲ │                          │ │
     *      │ └──────────── pong ◄───────┘ │         a pong may come at any time: the next ping is due an interval later
     *      ▼                              ▼
     *   PAUSED ── a ping is sent ──► PAUSED_PINGED   the session is not read from, so that no pong can be missed; the
     *                                                client still wants its pings
     * </pre>
     */
    final class Heartbeat extends DeadlineQueue.Entry {
        private final Listener listener;
        private Phase phase = Phase.WAITING;
        private long pausedAt;

        private enum Phase {
            WAITING,
            PINGED,
            PAUSED,
            PAUSED_PINGED
        }

        Heartbeat(Listener listener) {
            this.listener = listener;
        }

        /** The session has opened. */
        void start() {
            pings.add(this);
        }

        /** The session has ended. */
        void stop() {
            pings.remove(this);
            pongs.remove(this);
        }

        /** The client has answered. */
        void pong() {
            if (isQueued()) {
                phase = isPaused() ? Phase.PAUSED : Phase.WAITING;
                pings.add(this);
            }
        }

        /** The client is not read from. */
        void pause() {
            if (!isQueued() || isPaused()) {
                return;
            }
            pausedAt = System.nanoTime();
            if (phase == Phase.PINGED) {
                pings.addAfter(this, due() - timeout);
            }
            phase = phase == Phase.PINGED ? Phase.PAUSED_PINGED : Phase.PAUSED;
        }

        /** The client is read from again, and has its time for the pongs that it owes. */
        void resume() {
            if (!isQueued() || !isPaused()) {
                return;
            }
            if (phase == Phase.PAUSED_PINGED) {
                pongs.add(this);
            }
            phase = phase == Phase.PAUSED_PINGED ? Phase.PINGED : Phase.WAITING;
        }

        /** Whether the time for a pong is over, though the loop has not come to say so yet. */
        boolean isOverdue() {
            if (!isQueued() || isPaused()) {
                return false;
            }
            long end = phase == Phase.PINGED ? due() : due() + timeout;
            return end - System.nanoTime() <= 0;
        }

        @Override
        protected void onDue() {
            // From due times, not from now: a loop that is late gives nobody more time.
            long due = due();
            switch (phase) {
                case WAITING -> {
                    phase = Phase.PINGED;
                    pongs.addAfter(this, due);
                    listener.onPingDue();
                }
                case PINGED -> listener.onTimeout();
                case PAUSED, PAUSED_PINGED -> pingPaused(due);
            }
        }

        private void pingPaused(long due) {
            if (due - pausedAt > maxPause) {
                listener.onTimeout();
                return;
            }
            phase = Phase.PAUSED_PINGED;
            pings.addAfter(this, due);
            listener.onPingDue();
        }

        private boolean isPaused() {
            return phase == Phase.PAUSED || phase == Phase.PAUSED_PINGED;
        }
    }
}
