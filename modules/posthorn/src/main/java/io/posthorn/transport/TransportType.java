package io.posthorn.transport;

/** The ways down to a reader. */
public enum TransportType {
    /** Each request is answered at once. */
    SHORT_POLLING,
    /** A request is answered when there is something to say. */
    LONG_POLLING,
    /** A page in a frame that never ends, with a script for each message. */
    IFRAME,
    /** WHATWG HTML 9.2: server-sent events. */
    EVENT_SOURCE,
    /** RFC 6455. */
    WEB_SOCKET
}
