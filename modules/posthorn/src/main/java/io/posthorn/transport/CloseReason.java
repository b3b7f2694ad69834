package io.posthorn.transport;

/** Why the way down to a reader has ended. */
public enum CloseReason {
    /** The reader has left, or its connection was lost. */
    READER_LEFT,
    /** The poll that it was for has been answered. */
    ANSWERED,
    /** It has carried so much that it begins anew, from the cursor. */
    RECYCLED,
    /** The reader does not take what it is sent, and the policy is to disconnect it. */
    TOO_SLOW,
    /** What it read is not there any more. */
    GONE,
    /** What it served has ended. */
    ENDED,
    /** The server closes. */
    SERVER_CLOSING
}
