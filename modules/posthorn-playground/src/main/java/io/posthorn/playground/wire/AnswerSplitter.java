package io.posthorn.playground.wire;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts what a server sends for one request into the head and the pieces behind it: frames where it switches to a WebSocket,
 * chunks where it says so, and else the body as a whole. For one thread at a time.
 */
public final class AnswerSplitter implements PieceSplitter {
    /** Our own heads are much shorter; of a longer one the beginning is kept. */
    private static final int MAX_HEAD = 8 * 1024;

    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private final Consumer<Piece> onPiece;
    private final ByteArrayOutputStream headBytes = new ByteArrayOutputStream();
    private int matched;
    private long headSize;
    private String head = "";
    private @Nullable PieceSplitter rest;

    /** Gives each piece behind the head to somebody. */
    public AnswerSplitter(Consumer<Piece> onPiece) {
        this.onPiece = onPiece;
    }

    /** The status line and the header lines, ended by LF; empty until they are complete. */
    public String head() {
        return head;
    }

    /** How many bytes the head had, with the blank line; 0 until it is complete. */
    public long headSize() {
        return head.isEmpty() ? 0 : headSize;
    }

    /** Whether the answer is complete in itself, and neither a stream nor a WebSocket. */
    public boolean isWhole() {
        return rest instanceof BodySplitter;
    }

    /** Whether a WebSocket follows. */
    public boolean isWebSocket() {
        return rest instanceof FrameSplitter;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        while (rest == null && bytes.hasRemaining()) {
            head(bytes.get());
        }
        if (rest != null) {
            rest.onBytes(bytes);
        }
    }

    @Override
    public void onEnd() {
        if (rest != null) {
            rest.onEnd();
        }
    }

    private void head(byte next) {
        headSize++;
        if (headBytes.size() < MAX_HEAD) {
            headBytes.write(next);
        }
        // CR begins the blank line anew, wherever it comes: none of its prefixes but the empty one ends with another.
        if (next == BLANK_LINE[matched]) {
            matched++;
        } else {
            matched = next == '\r' ? 1 : 0;
        }
        if (matched == BLANK_LINE.length) {
            head = headBytes
                            .toString(StandardCharsets.ISO_8859_1)
                            .replace("\r\n", "\n")
                            .strip() + "\n";
            headBytes.reset();
            rest = rest(head.toLowerCase(Locale.ROOT));
        }
    }

    private PieceSplitter rest(String lowerCase) {
        if (lowerCase.startsWith("http/1.1 101 ")) {
            return new FrameSplitter(onPiece);
        }
        return lowerCase.contains("\ntransfer-encoding: chunked\n")
                ? new ChunkSplitter(onPiece)
                : new BodySplitter(onPiece);
    }
}
