package io.posthorn.engineio;

import io.posthorn.transport.Form;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** A message as it stands in the answer to a poll: texts as they are, binary as {@code b} and base64. */
enum PayloadForm implements Form<byte[]> {
    ONLY;

    @Override
    public byte[] encode(Message message) {
        Payload first = message.payload().orElseThrow();
        if (message.attachments().isEmpty() && first.kind() != Payload.Kind.BINARY) {
            return first.bytes();
        }
        ByteArrayOutputStream packets = new ByteArrayOutputStream(message.size() * 4 / 3 + 16);
        append(packets, first);
        for (Payload attachment : message.attachments()) {
            packets.write(PayloadReader.SEPARATOR);
            append(packets, attachment);
        }
        return packets.toByteArray();
    }

    private static void append(ByteArrayOutputStream packets, Payload payload) {
        if (payload.kind() == Payload.Kind.BINARY) {
            packets.write('b');
            packets.writeBytes(Base64.getEncoder().encode(payload.bytes()));
        } else {
            packets.writeBytes(payload.bytes());
        }
    }
}
