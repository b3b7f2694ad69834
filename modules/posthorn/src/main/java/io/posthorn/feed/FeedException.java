package io.posthorn.feed;

/** A request that a feed cannot serve, with the answer that it gets. */
final class FeedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    FeedException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
