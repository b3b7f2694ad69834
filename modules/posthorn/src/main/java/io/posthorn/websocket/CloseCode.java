package io.posthorn.websocket;

/** The status codes of a close frame (RFC 6455 7.4.1, and the registry that it opened). */
public final class CloseCode {
    /** The purpose is fulfilled. */
    public static final int NORMAL = 1000;
    /** The server shuts down, or nothing has been heard of the other side for too long. */
    public static final int GOING_AWAY = 1001;
    /** The other side broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;
    /** A kind of data that cannot be accepted. */
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never sent: a close frame came without a code. */
    public static final int NO_STATUS = 1005;
    /** Never sent: the connection ended without a close frame. */
    public static final int ABNORMAL = 1006;
    /** Data that does not fit its type, such as text that is not UTF-8. */
    public static final int INVALID_PAYLOAD = 1007;
    /** A rule of the server's own was broken. */
    public static final int POLICY_VIOLATION = 1008;
    /** A message is larger than the receiver accepts. */
    public static final int TOO_BIG = 1009;
    /** The server failed. */
    public static final int INTERNAL_ERROR = 1011;
    /** The server is overloaded; the client may come back later. */
    public static final int TRY_AGAIN_LATER = 1013;

    private static final int FIRST_PRIVATE = 3000;
    private static final int LAST_PRIVATE = 4999;
    private static final int LAST_REGISTERED = 1014;

    private CloseCode() {}

    /**
     * Whether a close frame may carry a code. 1004, 1005, 1006 and 1015 are reserved, and what is below 1000, or up to
     * 2999 and not registered, means nothing (RFC 6455 7.4.2).
     */
    public static boolean isAllowedInFrame(int code) {
        if (code >= FIRST_PRIVATE) {
            return code <= LAST_PRIVATE;
        }
        return code >= NORMAL
                && code <= LAST_REGISTERED
                && code != NO_STATUS
                && code != ABNORMAL
                && code != UNSUPPORTED_DATA + 1;
    }
}
