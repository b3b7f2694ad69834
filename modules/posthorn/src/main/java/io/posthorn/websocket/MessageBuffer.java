package io.posthorn.websocket;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.posthorn.websocket.CloseCode.INVALID_PAYLOAD;
import static io.posthorn.websocket.CloseCode.TOO_BIG;

/** The bytes of one message while it arrives in pieces, bounded, and checked for UTF-8 where it is text. */
final class MessageBuffer {
    /** Until this much has arrived, an announced length is not believed. */
    private static final int TRUSTED = 4 * 1024;

    private final int maxSize;
    private final @Nullable Utf8Validator utf8;
    private byte[] bytes = new byte[0];
    private int size;
    /** How long the message will be as far as it is known. */
    private long announced;
    /** What its fragments cost beside their payload. */
    private long overhead;

    MessageBuffer(int maxSize, boolean text) {
        this.maxSize = maxSize;
        this.utf8 = text ? new Utf8Validator() : null;
    }

    static WebSocketException notUtf8() {
        return new WebSocketException(INVALID_PAYLOAD, "the text is not UTF-8");
    }

    /** More bytes will come; refused at once if they would be too many. */
    void announce(long length, boolean last) {
        checkRoom(length);
        announced = last ? size + length : 0;
    }

    /** Counts a cost of its own against the size, so that a million empty fragments are not free. */
    void charge(int cost) {
        overhead += cost;
        checkRoom(0);
    }

    /** Unmasks bytes to the end. */
    void append(MaskedPayload payload) {
        int length = payload.length();
        reserve(length);
        boolean ascii = payload.copyTo(bytes, size);
        grown(length, ascii);
    }

    /** The array to write into from {@link #size} on, with room for at least one byte. */
    byte[] room() {
        if (size == bytes.length) {
            // One byte past the limit, so that a message of just the limit's size can be told from a larger one.
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxSize + 1L, Math.max(1024, size * 2L)));
        }
        return bytes;
    }

    int size() {
        return size;
    }

    /** Bytes have been written at the end. */
    void written(int count) {
        checkRoom(count);
        grown(count, false);
    }

    /** The bytes; the buffer is not used any more. */
    byte[] takeBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** The text, which must end with a whole character. */
    String takeText() {
        checkEnd();
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    /** The text in UTF-8, which must end with a whole character; the buffer is not used any more. */
    byte[] takeUtf8() {
        checkEnd();
        return takeBytes();
    }

    private void checkEnd() {
        if (utf8 != null && !utf8.isComplete()) {
            throw notUtf8();
        }
    }

    private void grown(int count, boolean ascii) {
        int from = size;
        size += count;
        if (utf8 != null && !(ascii && utf8.isComplete()) && !utf8.accept(bytes, from, size)) {
            throw notUtf8();
        }
    }

    private void reserve(int count) {
        int needed = size + count;
        if (needed > bytes.length) {
            long wanted = Math.max(needed, Math.max(bytes.length * 2L, TRUSTED));
            long most = announced > 0 ? announced : maxSize;
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(wanted, most)));
        }
    }

    /** A frame may announce up to 2^63 - 1 bytes, to which nothing can be added. */
    private void checkRoom(long more) {
        if (more > maxSize - size - overhead) {
            throw new WebSocketException(TOO_BIG, "the message is larger than " + maxSize + " bytes");
        }
    }
}
