package io.posthorn.http;

/**
 * The peer broke a rule of HTTP or a limit: thrown where it is seen, caught at the connection, which answers, counts and
 * closes. Without a stack trace, since a peer can cause it at will.
 */
final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    HttpException(Refusal refusal, String reason) {
        super(reason, null, false, false);
        this.refusal = refusal;
    }

    static HttpException badRequest(String reason) {
        return new HttpException(Refusal.BAD_REQUEST, reason);
    }

    Refusal refusal() {
        return refusal;
    }

    /** What the peer is told. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
