package io.posthorn.http;

/**
 * Where a connection stands between two requests, in one, or at its end.
 *
 * <pre>
 *   IDLE ──► READING_HEAD ──► READING_BODY ──► ANSWERING ──► UPGRADED
 *    ▲  └───────────────────────▲               │    │
 *    │                                          │    ▼
 *    └──────────────────────────────────────────┴─ SENDING      a file, piece by piece
 *
 *   UPGRADED: another protocol has the connection, or a stream
 * every state but UPGRADED ──► CLOSING ──► CLOSED             the last answer leaves, the rest is not read
 * </pre>
 */
enum ConnectionState {
    IDLE,
    READING_HEAD,
    READING_BODY,
    ANSWERING,
    SENDING,
    UPGRADED,
    CLOSING,
    CLOSED;

    boolean mayBecome(ConnectionState next) {
        return switch (next) {
            case IDLE -> this == ANSWERING || this == SENDING;
            case SENDING, UPGRADED -> this == ANSWERING;
            case READING_HEAD -> this == IDLE;
            case READING_BODY -> this == IDLE || this == READING_HEAD;
            case ANSWERING -> this == READING_BODY;
            case CLOSING -> this != UPGRADED && this != CLOSED && this != CLOSING;
            case CLOSED -> this != CLOSED;
        };
    }
}
