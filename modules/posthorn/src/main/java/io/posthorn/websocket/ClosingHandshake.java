package io.posthorn.websocket;

/**
 * The closing handshake (RFC 6455 7): who may still speak, and how it ended.
 *
 * <pre>
 *              we send a close frame             the other side's arrives
 *   OPEN ------------------------------> CLOSE_SENT ----------------------> CLOSED
 *     |     the other side's arrives                 we answer it             ^
 *     +--------------------------------> CLOSE_RECEIVED ----------------------+
 *     |     failed, or the connection is lost                                 |
 *     +-----------------------------------------------------------------------+
 * </pre>
 */
final class ClosingHandshake {
    private enum State {
        OPEN,
        CLOSE_SENT,
        CLOSE_RECEIVED,
        CLOSED
    }

    private State state = State.OPEN;
    private int code = CloseCode.ABNORMAL;
    private String reason = "";

    /** Whether messages may be sent: not after a close frame in either direction. */
    boolean maySend() {
        return state == State.OPEN;
    }

    /** Whether what arrives still matters, if only to find the answer to our close frame. */
    boolean mayReceive() {
        return state == State.OPEN || state == State.CLOSE_SENT;
    }

    /** Whether messages that arrive are delivered: once we have said that we close, they are not. */
    boolean delivers() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** The code as the other side gave it, or ours where we failed the connection, or 1006. */
    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    /** The other side's close frame has arrived; whether it is to be answered with one. */
    boolean received(int closeCode, String closeReason) {
        boolean first = state == State.OPEN;
        become(first ? State.CLOSE_RECEIVED : State.CLOSED);
        code = closeCode;
        reason = closeReason;
        return first;
    }

    /** Our close frame has been written. */
    void sent() {
        become(state == State.OPEN ? State.CLOSE_SENT : State.CLOSED);
    }

    /** The connection fails: no answer is waited for. */
    void failed(int closeCode, String closeReason) {
        become(State.CLOSED);
        code = closeCode;
        reason = closeReason;
    }

    private void become(State next) {
        boolean allowed = switch (state) {
            case OPEN -> next != State.OPEN;
            case CLOSE_SENT, CLOSE_RECEIVED -> next == State.CLOSED;
            case CLOSED -> false;
        };
        if (!allowed) {
            throw new IllegalStateException(state + " cannot become " + next);
        }
        state = next;
    }
}
