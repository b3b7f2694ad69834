package io.posthorn.engineio;

import org.jspecify.annotations.Nullable;

/** The types of packets, each a digit at the beginning of a text. */
enum PacketType {
    /** 0: the server's handshake. */
    OPEN,
    /** 1: the end of a session, over polling. */
    CLOSE,
    /** 2: the server asks whether the client is there; the client probes a WebSocket. */
    PING,
    /** 3: the answer. */
    PONG,
    /** 4: a text message. */
    MESSAGE,
    /** 5: the client goes over to its WebSocket. */
    UPGRADE,
    /** 6: nothing; answers a poll that is to wait no longer. */
    NOOP;

    private static final PacketType[] BY_DIGIT = values();

    /** The type of a packet in text; null where it has none. */
    static @Nullable PacketType of(byte[] packet) {
        int digit = packet.length == 0 ? -1 : packet[0] - '0';
        return digit >= 0 && digit < BY_DIGIT.length ? BY_DIGIT[digit] : null;
    }
}
