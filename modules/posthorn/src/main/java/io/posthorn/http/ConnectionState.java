package io.posthorn.http;

/**
 * Where a connection stands between two requests, in one, or at its end.
 *
 * <pre>
 *   IDLE ──► READING_HEAD ──► READING_BODY ──► ANSWERING ──► UPGRADED
 *    ▲ └──────────────────────────▲               │
 *    └────────────────────────────────────────────┘
 *   every state but UPGRADED ──► CLOSING (the last answer leaves, the rest is not read) ──► CLOSED
 * </pre>
 */
enum ConnectionState {
    IDLE,
    READING_HEAD,
    READING_BODY,
    ANSWERING,
    UPGRADED,
    CLOSING,
    CLOSED;

    boolean mayBecome(ConnectionState next) {
        return switch (next) {
            case IDLE, UPGRADED -> this == ANSWERING;
            case READING_HEAD -> this == IDLE;
            case READING_BODY -> this == IDLE || this == READING_HEAD;
            case ANSWERING -> this == READING_BODY;
            case CLOSING -> this != UPGRADED && this != CLOSED && this != CLOSING;
            case CLOSED -> this != CLOSED;
        };
    }
}
