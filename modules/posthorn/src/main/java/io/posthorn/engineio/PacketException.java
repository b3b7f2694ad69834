package io.posthorn.engineio;

/** A client has sent what is no packet. Without a stack trace, since it can do so at will. */
final class PacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PacketException(String reason) {
        super(reason, null, false, false);
    }

    /** What is wrong with it. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
