package io.posthorn.engineio;

/**
 * Where a session is in its life.
 *
 * <pre>
 *   OPEN ── close() ─────────────► CLOSING ──► CLOSED     CLOSING: what was offered before still waits for a poll, for
 *    │└─── the client posts 1 ───► DEPARTING ───►│         room in a WebSocket, or for the end of its time; DEPARTING: a
 *    └────────── any other end ───────────────────►        poll may be on its way. In both the listener has been told
 * </pre>
 */
enum SessionState {
    OPEN,
    CLOSING,
    DEPARTING,
    CLOSED;

    /** Whether it may be followed by another. */
    boolean mayBecome(SessionState next) {
        return switch (this) {
            case OPEN -> next != OPEN;
            case CLOSING, DEPARTING -> next == CLOSED;
            case CLOSED -> false;
        };
    }
}
