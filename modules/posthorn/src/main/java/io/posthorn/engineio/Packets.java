package io.posthorn.engineio;

import io.posthorn.json.JsonObjectWriter;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;

import java.nio.charset.StandardCharsets;

/** The packets that the server itself sends. A text stands with its type's digit, as on the wire; binary has none. */
final class Packets {
    static final Message CLOSE = text("1");
    static final Message PING = text("2");
    static final Message PROBE_ANSWER = text("3probe");
    static final Message NOOP = text("6");

    private Packets() {}

    /** A handshake, with exactly these keys. */
    static Message open(String id, boolean upgrades, EngineOptions options) {
        EngineTimings timings = options.timings();
        byte[] json = new JsonObjectWriter()
                .string("sid", id)
                .raw("upgrades", ascii(upgrades ? "[\"websocket\"]" : "[]"))
                .raw("pingInterval", number(timings.pingInterval().toMillis()))
                .raw("pingTimeout", number(timings.pingTimeout().toMillis()))
                .raw("maxPayload", number(options.limits().maxPayload()))
                .bytes();
        return text("0" + new String(json, StandardCharsets.UTF_8));
    }

    private static Message text(String packet) {
        return Message.of(null, Payload.text(packet));
    }

    private static byte[] number(long number) {
        return ascii(Long.toString(number));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
