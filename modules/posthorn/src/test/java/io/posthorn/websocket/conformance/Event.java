package io.posthorn.websocket.conformance;

import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a client notices of its server: a message, a control frame, or how the TCP stream ends. Equal by kind and
 * payload; how a message was carried (frames, compression) is told but not compared. Immutable.
 */
final class Event {
    /** What it is; END is an orderly end of the stream, RESET any other. */
    enum Kind {
        TEXT,
        BINARY,
        PING,
        PONG,
        CLOSE,
        END,
        RESET
    }

    /** Stands for a Close frame without a code; never on the wire (RFC 6455 7.4.1). */
    static final int NO_CODE = 1005;

    private static final int SHOWN_BYTES = 40;

    private final Kind kind;
    private final byte[] payload;
    private final boolean compressed;

    private Event(Kind kind, byte[] payload, boolean compressed) {
        this.kind = kind;
        this.payload = payload;
        this.compressed = compressed;
    }

    static Event of(Kind kind, byte[] payload) {
        return new Event(kind, payload, false);
    }

    static Event text(String text) {
        return of(Kind.TEXT, text.getBytes(UTF_8));
    }

    static Event text(byte[] payload) {
        return of(Kind.TEXT, payload);
    }

    static Event binary(byte[] payload) {
        return of(Kind.BINARY, payload);
    }

    static Event pong(String payload) {
        return of(Kind.PONG, payload.getBytes(UTF_8));
    }

    static Event pong(byte[] payload) {
        return of(Kind.PONG, payload);
    }

    static Event end() {
        return of(Kind.END, new byte[0]);
    }

    static Event reset() {
        return of(Kind.RESET, new byte[0]);
    }

    Event carriedCompressed(boolean yes) {
        return new Event(kind, payload, yes);
    }

    Kind kind() {
        return kind;
    }

    byte[] payload() {
        return payload;
    }

    /** Whether the message came compressed. */
    boolean compressed() {
        return compressed;
    }

    /** A Close frame's code, {@link #NO_CODE} where it has none. */
    int code() {
        return payload.length < 2 ? NO_CODE : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    /** A Close frame's reason. */
    String reason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Event event && event.kind == kind && Arrays.equals(event.payload, payload);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case CLOSE -> "CLOSE " + code() + " \"" + reason() + "\"";
            case END, RESET -> kind.toString();
            case TEXT, BINARY, PING, PONG -> kind + " of " + payload.length + " bytes" + shown();
        };
    }

    private String shown() {
        StringBuilder hex = new StringBuilder(":");
        for (int i = 0; i < Math.min(payload.length, SHOWN_BYTES); i++) {
            hex.append(String.format(" %02x", payload[i]));
        }
        return hex + (payload.length > SHOWN_BYTES ? " ..." : "");
    }
}
