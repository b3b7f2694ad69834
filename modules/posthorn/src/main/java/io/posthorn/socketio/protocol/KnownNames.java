package io.posthorn.socketio.protocol;

import io.posthorn.json.JsonElements;
import io.posthorn.json.JsonElements.Kind;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes into the names of namespaces and events, and remembers the last of each, since a client mostly uses the same
 * ones: then no string is made, and nothing checked again. For one thread.
 */
final class KnownNames {
    static final String MAIN = "/";

    /** What a client could make a session keep. */
    private static final int MAX_REMEMBERED = 64;

    private String namespace = MAIN;
    private String event = "";

    /** The namespace whose name stands between two indices. */
    String namespace(byte[] bytes, int from, int to) {
        if (!isLastNamespace(bytes, from, to)) {
            try {
                namespace = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, from, to - from))
                        .toString();
            } catch (CharacterCodingException malformed) {
                throw new PacketException("a namespace that is not UTF-8");
            }
        }
        return namespace;
    }

    /** Compared as ASCII: a byte of anything else is negative, and equals no character. */
    private boolean isLastNamespace(byte[] bytes, int from, int to) {
        int length = namespace.length();
        if (to - from != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != namespace.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The event that the first of the elements names. */
    String event(JsonElements elements) {
        if (elements.isPlain(0, event)) {
            return event;
        }
        Kind kind = elements.kind(0);
        if (kind == Kind.NUMBER) {
            return elements.json(0);
        }
        if (kind != Kind.STRING) {
            throw new PacketException("an EVENT whose name is neither a string nor a number");
        }
        String name = elements.text(0);
        if (EventNames.isReserved(name)) {
            throw new PacketException("an EVENT with a reserved name");
        }
        if (name.length() <= MAX_REMEMBERED) {
            event = name;
        }
        return name;
    }
}
