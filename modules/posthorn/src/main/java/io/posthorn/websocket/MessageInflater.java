package io.posthorn.websocket;

import org.jspecify.annotations.Nullable;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import static io.posthorn.websocket.CloseCode.INVALID_PAYLOAD;

/**
 * Inflates what one client compresses (RFC 7692 7.2.2), within the limit of the message that it fills: a bomb is found
 * while it goes off, not after. The JDK's inflater has a window of 15 bits, which serves every smaller one too.
 *
 * <p>It holds native memory from the first compressed message on, or only during one where the client promised to begin
 * each anew ({@code client_no_context_takeover}); {@link #close} frees it. Lives on its connection's loop.
 */
final class MessageInflater {
    /** RFC 7692 7.2.2: what the sender took off the end of each message. */
    private static final byte[] TAIL = {0x00, 0x00, (byte) 0xFF, (byte) 0xFF};

    private final boolean keepsContext;
    private @Nullable Inflater inflater;

    MessageInflater(boolean keepsContext) {
        this.keepsContext = keepsContext;
    }

    /** Inflates the next bytes of a message, the first ones of an array, into its buffer. */
    void inflate(byte[] compressed, int length, MessageBuffer message) {
        Inflater stream = inflater();
        stream.setInput(compressed, 0, length);
        try {
            while (stream.finished() || step(stream, message)) {
                // RFC 7692 7.2.3.4: a sender may mark a block as the last one; what follows is a new stream.
                if (stream.finished()) {
                    int left = stream.getRemaining();
                    if (left == 0) {
                        return;
                    }
                    stream.reset();
                    stream.setInput(compressed, length - left, left);
                }
            }
        } catch (DataFormatException malformed) {
            throw new WebSocketException(INVALID_PAYLOAD, "the message is not valid DEFLATE data");
        }
    }

    /** The message is complete. */
    void finish(MessageBuffer message) {
        inflate(TAIL, TAIL.length, message);
        if (!keepsContext) {
            close();
        }
    }

    /** Frees the native memory. */
    void close() {
        if (inflater != null) {
            ZlibCache.ofThisLoop().give(inflater);
            inflater = null;
        }
    }

    /** Whether it got further. */
    private static boolean step(Inflater stream, MessageBuffer message) throws DataFormatException {
        byte[] room = message.room();
        int count = stream.inflate(room, message.size(), room.length - message.size());
        message.written(count);
        return count > 0 || stream.finished();
    }

    private Inflater inflater() {
        if (inflater == null) {
            inflater = ZlibCache.ofThisLoop().takeInflater();
        }
        return inflater;
    }
}
