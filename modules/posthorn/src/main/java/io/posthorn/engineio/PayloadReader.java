package io.posthorn.engineio;

import java.util.Arrays;
import java.util.Base64;

/**
 * The packets of one POST, one after the other: texts as they are, binary as {@code b} and base64, parted by 0x1e.
 *
 * <pre>
 *   4 h e l l o 1e b A Q I D 1e 3         the separator is no character of base64, and JSON escapes it
 * </pre>
 */
final class PayloadReader {
    static final byte SEPARATOR = 0x1e;

    private final byte[] body;
    private int position;

    /** What a packet is given to. */
    interface Sink {
        /** A packet in UTF-8, its type first; the array is the receiver's own. */
        void onText(byte[] packet);

        /** A binary message; the array is the receiver's own. */
        void onBinary(byte[] bytes);
    }

    /** The packets of a body, which belongs to the reader from now on. */
    PayloadReader(byte[] body) {
        this.body = body;
    }

    /** Whether there is another packet. A body without a single byte is one packet, an empty one. */
    boolean hasNext() {
        return position <= body.length;
    }

    /**
     * Hands out the next packet.
     *
     * @throws PacketException where its binary is not base64, or it is empty
     */
    void next(Sink sink) {
        int start = position;
        int end = end(start);
        position = end + 1;
        if (start == end) {
            throw new PacketException("an empty packet");
        }
        if (body[start] == 'b') {
            sink.onBinary(binary(start + 1, end));
        } else {
            sink.onText(start == 0 && end == body.length ? body : Arrays.copyOfRange(body, start, end));
        }
    }

    private int end(int start) {
        int end = start;
        while (end < body.length && body[end] != SEPARATOR) {
            end++;
        }
        return end;
    }

    private byte[] binary(int start, int end) {
        try {
            return Base64.getDecoder().decode(withoutLineEnds(start, end));
        } catch (IllegalArgumentException notBase64) {
            throw new PacketException("binary that is not base64");
        }
    }

    /** The official Java client writes base64 in lines (RFC 2045 6.8). */
    private byte[] withoutLineEnds(int start, int end) {
        byte[] kept = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            if (body[i] != '\r' && body[i] != '\n') {
                kept[length++] = body[i];
            }
        }
        return length == kept.length ? kept : Arrays.copyOf(kept, length);
    }
}
