package io.posthorn.websocket.conformance;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import static io.posthorn.websocket.conformance.ServerFrameReader.check;

/**
 * Makes events of the server's frames, as strictly as a client can: fragments in order, text in UTF-8, Close frames
 * with a valid body, compressed messages that keep to the agreed window.
 */
final class MessageReader {
    private final ServerFrameReader frames;
    private final @Nullable CheckedInflater inflater;
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private @Nullable ServerFrame firstFragment;

    MessageReader(ServerFrameReader frames, @Nullable CheckedInflater inflater) {
        this.frames = frames;
        this.inflater = inflater;
    }

    /** The next event; blocks until there is one. */
    Event next() throws IOException {
        try {
            return read();
        } catch (SocketException e) {
            return Event.reset();
        }
    }

    private Event read() throws IOException {
        while (true) {
            ServerFrame frame = frames.read();
            if (frame == null) {
                return Event.end();
            }
            if (frame.isControl()) {
                return control(frame);
            }
            Event message = data(frame);
            if (message != null) {
                return message;
            }
        }
    }

    private static Event control(ServerFrame frame) {
        if (frame.opcode() == ClientFrame.CLOSE) {
            return close(frame.payload());
        }
        return Event.of(frame.opcode() == ClientFrame.PING ? Event.Kind.PING : Event.Kind.PONG, frame.payload());
    }

    private static Event close(byte[] body) {
        Event close = Event.of(Event.Kind.CLOSE, body);
        check(body.length != 1, "a Close frame's body begins with a code of two bytes (RFC 6455 5.5.1)");
        if (body.length >= 2) {
            int code = close.code();
            boolean defined = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
            check(defined || (code >= 3000 && code <= 4999), "the code " + code + " may not be sent (RFC 6455 7.4)");
            check(isUtf8(body, 2), "a reason is UTF-8 (RFC 6455 5.5.1)");
        }
        return close;
    }

    private @Nullable Event data(ServerFrame frame) {
        boolean continuation = frame.opcode() == ClientFrame.CONTINUATION;
        ServerFrame first = firstFragment == null ? frame : firstFragment;
        check(continuation != (firstFragment == null), "fragments of messages must not mix (RFC 6455 5.4)");
        if (!frame.fin()) {
            firstFragment = first;
            fragments.writeBytes(frame.payload());
            return null;
        }
        firstFragment = null;
        if (!continuation) {
            return message(first, frame.payload());
        }
        fragments.writeBytes(frame.payload());
        byte[] payload = fragments.toByteArray();
        fragments.reset();
        return message(first, payload);
    }

    private Event message(ServerFrame first, byte[] payload) {
        byte[] plain = first.rsv1() && inflater != null ? inflater.inflate(payload) : payload;
        boolean text = first.opcode() == ClientFrame.TEXT;
        check(!text || isUtf8(plain, 0), "a text message is UTF-8 (RFC 6455 5.6)");
        return Event.of(text ? Event.Kind.TEXT : Event.Kind.BINARY, plain).carriedCompressed(first.rsv1());
    }

    private static boolean isUtf8(byte[] bytes, int from) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
