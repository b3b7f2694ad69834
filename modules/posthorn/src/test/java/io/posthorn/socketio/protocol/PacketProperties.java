package io.posthorn.socketio.protocol;

import io.posthorn.json.JsonException;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** What is true of any packets, for those who make them up. */
final class PacketProperties {
    private static final List<Class<?>> TYPES = List.of(
            String.class,
            int.class,
            Long.class,
            Double.class,
            byte[].class,
            ByteBuffer.class,
            Map.class,
            List.class,
            Object[].class);

    private PacketProperties() {}

    /** Texts, and attachments where they are waited for, make packets that can be used, or are refused as they should be. */
    static void hold(List<byte[]> texts, byte[] attachment) {
        PacketDecoder decoder = new PacketDecoder(10L * attachment.length);
        try {
            for (byte[] text : texts) {
                @Nullable Packet packet = decoder.text(text, 0);
                int attachments = 0;
                while (decoder.isWaiting()) {
                    assertThat(packet).isNull();
                    packet = decoder.binary(attachment);
                    attachments++;
                }
                Packet whole = Objects.requireNonNull(packet);
                assertThat(whole.attachments()).hasSize(attachments);
                isUsable(whole);
            }
        } catch (PacketException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(120);
        }
    }

    private static void isUsable(Packet packet) {
        assertThat(packet.namespace()).startsWith("/").doesNotContain(",");
        assertThat(packet.id()).isGreaterThanOrEqualTo(Packet.NO_ID);
        PacketData data = packet.data();
        assertThat(data.wireSize()).isNotNegative();
        List<@Nullable Object> args = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            assertThat(data.json(i)).isNotEmpty();
            // What was checked whole can always be read as whatever it is.
            args.add(data.read(i, Object.class));
            for (Class<?> type : TYPES) {
                isReadOrRefused(data, i, type);
            }
        }
        if (packet.type() == PacketType.EVENT) {
            assertThat(EventNames.isReserved(data.eventName())).isFalse();
            comesBack(packet, args);
        }
    }

    /** What is read can be sent, and then says the same. */
    private static void comesBack(Packet packet, List<@Nullable Object> args) {
        Packet back;
        try {
            back = Wire.decode(PacketEncoder.event(
                    packet.namespace(), packet.id(), packet.data().eventName(), args.toArray()));
        } catch (IllegalArgumentException tooMany) {
            // Any number of placeholders may name one attachment.
            return;
        }
        assertThat(back.namespace()).isEqualTo(packet.namespace());
        assertThat(back.id()).isEqualTo(packet.id());
        assertThat(back.data().eventName()).isEqualTo(packet.data().eventName());
        assertThat(back.data().size()).isEqualTo(args.size());
    }

    private static void isReadOrRefused(PacketData data, int i, Class<?> type) {
        try {
            data.read(i, type);
        } catch (JsonException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
