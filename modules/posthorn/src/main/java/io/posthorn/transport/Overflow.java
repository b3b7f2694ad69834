package io.posthorn.transport;

/** What happens to a reader for whom more waits than it may; what is dropped is told as a gap, and counted. */
public enum Overflow {
    /** The oldest messages are dropped until the newest fits. */
    DROP_OLDEST,
    /** Everything but the newest message is dropped. */
    LATEST_ONLY,
    /** The reader is disconnected. It may come back with its cursor. */
    DISCONNECT
}
