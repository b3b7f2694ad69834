package io.posthorn.engineio;

import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for any payload. */
final class PayloadProperties {
    /** No character of a packet that is read as Latin-1. */
    static final String BINARY = "\u2022";

    private PayloadProperties() {}

    /** The packets: texts as they are, binary in hex. */
    static List<String> read(byte[] body) {
        List<String> packets = new ArrayList<>();
        PayloadReader reader = new PayloadReader(body.clone());
        while (reader.hasNext()) {
            reader.next(new PayloadReader.Sink() {
                @Override
                public void onText(byte[] packet) {
                    packets.add(new String(packet, StandardCharsets.ISO_8859_1));
                }

                @Override
                public void onBinary(byte[] bytes) {
                    packets.add(BINARY + HexFormat.of().formatHex(bytes));
                }
            });
        }
        return packets;
    }

    /** Any bytes are packets, as many as there are separators and one, or are refused; and packets are written as they were. */
    static void hold(byte[] body) {
        List<String> packets;
        try {
            packets = read(body);
        } catch (PacketException refused) {
            return;
        }
        long separators = new String(body, StandardCharsets.ISO_8859_1)
                .chars()
                .filter(c -> c == PayloadReader.SEPARATOR)
                .count();
        assertThat(packets).hasSize((int) separators + 1);
        assertThat(read(write(packets))).isEqualTo(packets);
    }

    private static byte[] write(List<String> packets) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String packet : packets) {
            if (body.size() > 0) {
                body.write(PayloadReader.SEPARATOR);
            }
            Payload payload = packet.startsWith(BINARY)
                    ? Payload.binary(HexFormat.of().parseHex(packet.substring(BINARY.length())))
                    : Payload.text("text/plain", packet.getBytes(StandardCharsets.ISO_8859_1));
            body.writeBytes(Message.of(null, payload).as(PayloadForm.ONLY));
        }
        return body.toByteArray();
    }
}
