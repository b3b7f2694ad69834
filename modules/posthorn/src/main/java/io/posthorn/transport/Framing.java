package io.posthorn.transport;

import io.posthorn.http.HttpStream;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How messages stand on a stream of text that does not end: what comes first, how one message is wrapped, what is said when
 * there is nothing to say, and what at the end. {@link EventSourceFraming} and {@link IframeFraming} make one.
 *
 * <p>Framings with equal keys are equal: the key holds everything that the bytes depend on.
 */
public final class Framing implements Form<byte[]> {
    private final Parts parts;
    private final boolean chunked;

    /** Writes one message as text; empty where the framing has no words for it. */
    @FunctionalInterface
    interface Wrap {
        String wrap(Message message);
    }

    /** Writes the last words of a stream that a new one is to follow. */
    @FunctionalInterface
    interface End {
        String end(@Nullable Cursor last);
    }

    /**
     * What a framing is made of.
     *
     * @param type which transport it is for
     * @param key a value that two framings share if, and only if, they give the same bytes
     * @param headers of the answer that carries the stream, with its content type
     * @param prelude what the stream begins with
     * @param wrap how one message is written
     * @param keepAlive what means nothing, and shows that the connection lives
     * @param end the last words
     * @param tellsPosition whether a message that is only a position has words in it; else a gap waits for the next message
     */
    record Parts(
            TransportType type,
            Object key,
            Map<String, String> headers,
            String prelude,
            Wrap wrap,
            String keepAlive,
            End end,
            boolean tellsPosition) {}

    Framing(Parts parts) {
        this(parts, false);
    }

    private Framing(Parts parts, boolean chunked) {
        this.parts = parts;
        this.chunked = chunked;
    }

    /** This framing with everything in chunks (RFC 9112 7.1), or with nothing. */
    Framing chunked(boolean inChunks) {
        return new Framing(parts, inChunks);
    }

    /** Which transport it is for. */
    public TransportType type() {
        return parts.type;
    }

    /** The headers of the answer that carries the stream, with its content type. */
    public Map<String, String> headers() {
        return parts.headers;
    }

    /** Whether a message that is only a position has words here; where not, a gap waits for the next message. */
    public boolean tellsPosition() {
        return parts.tellsPosition;
    }

    byte[] prelude() {
        return bytes(parts.prelude);
    }

    byte[] keepAlive() {
        return bytes(parts.keepAlive);
    }

    byte[] end(@Nullable Cursor last) {
        return bytes(parts.end.end(last));
    }

    /** One message as it stands on the wire; empty where this framing has no words for it. */
    @Override
    public byte[] encode(Message message) {
        return bytes(parts.wrap.wrap(message));
    }

    private byte[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return chunked && utf8.length > 0 ? HttpStream.chunk(utf8) : utf8;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Framing framing
                && chunked == framing.chunked
                && parts.type == framing.parts.type
                && parts.key.equals(framing.parts.key);
    }

    @Override
    public int hashCode() {
        return parts.key.hashCode();
    }
}
