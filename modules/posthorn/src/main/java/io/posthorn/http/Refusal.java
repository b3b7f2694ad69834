package io.posthorn.http;

/** Why a request or a connection is refused; each reason has its own status and its own counter. */
public enum Refusal {
    /** Not HTTP/1.1 as RFC 9112 writes it, or of doubtful length. */
    BAD_REQUEST(400),
    /** The head took too long from its first byte. */
    HEAD_TIMEOUT(408),
    /** The body took too long from the end of its head. */
    BODY_TIMEOUT(408),
    /** The body is longer than the limit. */
    BODY_TOO_LARGE(413),
    /** The request line is longer than the limit. */
    REQUEST_LINE_TOO_LONG(414),
    /** The request expects something else than {@code 100-continue}. */
    EXPECTATION_FAILED(417),
    /** Too many header lines. */
    TOO_MANY_HEADERS(431),
    /** Too many bytes of header lines. */
    HEADERS_TOO_LARGE(431),
    /** The server has as many connections as it may have. */
    TOO_MANY_CONNECTIONS(503),
    /** One address has as many connections as it may have. */
    TOO_MANY_CONNECTIONS_OF_ADDRESS(503),
    /** A version of HTTP that is neither 1.0 nor 1.1. */
    UNSUPPORTED_VERSION(505);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }
}
