package io.posthorn.socketio.protocol;

import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Packets as a test writes them down, and as it reads them. */
final class Wire {
    static final long MAX_ATTACHMENT_BYTES = 1_000;

    private Wire() {}

    static PacketDecoder decoder() {
        return new PacketDecoder(MAX_ATTACHMENT_BYTES);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The packet that is whole with its text. */
    static Packet decode(String text) {
        return Objects.requireNonNull(decoder().text(utf8(text), 0));
    }

    /** The packet that a text and its attachments make. */
    static Packet decode(String text, byte[]... attachments) {
        PacketDecoder decoder = decoder();
        @Nullable Packet packet = decoder.text(utf8(text), 0);
        for (byte[] attachment : attachments) {
            packet = decoder.binary(attachment);
        }
        return Objects.requireNonNull(packet);
    }

    static String text(Message message) {
        return message.payload().map(Payload::text).orElseThrow();
    }

    /** What a client decodes of a message. */
    static Packet decode(Message message) {
        PacketDecoder decoder = new PacketDecoder(Long.MAX_VALUE);
        // Behind the digit that makes it a message of Engine.IO.
        @Nullable Packet packet = decoder.text(message.payload().orElseThrow().bytes(), 1);
        for (Payload attachment : message.attachments()) {
            packet = decoder.binary(attachment.bytes());
        }
        return Objects.requireNonNull(packet);
    }
}
