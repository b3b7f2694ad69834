package io.posthorn.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.posthorn.loop.HalfClose;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.Outbound;
import io.posthorn.loop.TimerWheel;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * An answer whose body goes on as long as both sides like: in chunks, or, to a client of HTTP/1.0, until the connection
 * ends. It has its connection to itself and lives on that connection's loop; all methods are the loop's. Whoever began it
 * ends it.
 *
 * <p>The head leaves with the first flush, at the latest at the end of the loop's turn. While nothing waits a stream owns
 * no buffer, and until {@link #end} no timer: whether the client is still there, when nothing is written, is for the owner
 * to find out. What the client sends is read and dropped, so that its leaving is noticed at once.
 *
 * <pre>
 *   OPEN ── end(), cut() ──► ENDED ──► CLOSED      ENDED: what is written goes nowhere, what waits still leaves
 *     └── the client leaves ──────────►            CLOSED: onClosed was called
 * </pre>
 */
@OnLoop
public final class HttpStream {
    /** A client that sends more than this many bytes behind its request is cut. */
    static final int MAX_DROPPED = 64 * 1024;

    /** After {@link #end} the client may take nothing, or not hang up, for so long. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private enum Phase {
        OPEN,
        ENDED,
        CLOSED
    }

    private final Loop loop;
    private final ChannelHandlerContext context;
    private final boolean chunked;
    private final Listener listener;
    private final Outbound outbound;
    private Phase phase = Phase.OPEN;
    private boolean headWaits = true;
    private int dropped;
    private @Nullable Linger linger;

    /** What a stream tells its owner; on the loop. */
    public interface Listener {
        /**
         * What waited has left but for a rest: the stream is writable again. Not told during a call of the stream's
         * methods.
         */
        void onWritable();

        /** The connection is gone, whoever ended it. Once, and last. */
        void onClosed();
    }

    /** A stream whose head is written and not flushed; the context is that of the handler that reads for it. */
    HttpStream(Loop loop, ChannelHandlerContext context, boolean chunked, Listener listener) {
        this.loop = loop;
        this.context = context;
        this.chunked = chunked;
        this.listener = listener;
        this.outbound = new Outbound(loop, context, new Backlog());
    }

    /** A stream that ended before it began; its listener is told so soon. */
    static HttpStream missed(Loop loop, ChannelHandlerContext context, boolean chunked, Listener listener) {
        HttpStream missed = new HttpStream(loop, context, chunked, listener);
        loop.mailbox().post(missed::closed);
        missed.cut();
        return missed;
    }

    /**
     * One chunk (RFC 9112 7.1).
     *
     * @param data copied
     * @throws IllegalArgumentException where it is empty, since that would end the body
     */
    public static byte[] chunk(byte[] data) {
        if (data.length == 0) {
            throw new IllegalArgumentException("An empty chunk ends the body; use end()");
        }
        byte[] size = Integer.toHexString(data.length).getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + data.length + 2 * LINE_END.length];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(LINE_END, 0, chunk, size.length, LINE_END.length);
        System.arraycopy(data, 0, chunk, size.length + LINE_END.length, data.length);
        System.arraycopy(LINE_END, 0, chunk, chunk.length - LINE_END.length, LINE_END.length);
        return chunk;
    }

    /** Whether the body is sent in chunks; else its bytes are sent bare. */
    public boolean isChunked() {
        return chunked;
    }

    /** Whether more should be written: the stream is open, and little enough waits. */
    public boolean isWritable() {
        return phase == Phase.OPEN && !outbound.isCongested();
    }

    /**
     * Appends to what the next flush will send; no system call. Once the stream has ended nothing happens.
     *
     * @param wire as it is sent: where the stream {@linkplain #isChunked is chunked}, one or more whole {@linkplain #chunk
     *     chunks}; copied, so that many streams may share it
     */
    public void write(byte[] wire) {
        if (phase == Phase.OPEN) {
            outbound.write(wire);
        }
    }

    /** Sends what was written, with one system call. */
    public void flush() {
        if (phase == Phase.OPEN) {
            send();
        }
    }

    /** Ends the body, sends what waits, and then the connection ends. */
    public void end() {
        if (phase != Phase.OPEN) {
            return;
        }
        if (chunked) {
            outbound.write(LAST_CHUNK);
        }
        endUnmarked();
    }

    /** Ends the connection at once; what waits is lost. */
    public void cut() {
        if (phase != Phase.CLOSED) {
            phase = Phase.ENDED;
            context.close();
        }
    }

    /** How many bytes wait, those that were not flushed yet too. */
    public long backlog() {
        return outbound.backlog();
    }

    /** A number that changes whenever the client has taken some of what waits. */
    public long progressMark() {
        return outbound.progressMark();
    }

    /** Ends without a last chunk: the answer to a HEAD request has no body. */
    void endUnmarked() {
        send();
        phase = Phase.ENDED;
        linger = new Linger();
        // Behind all that waits, the head too.
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> endOutput());
    }

    /** The turn ends in which the stream began. */
    void flushHead() {
        if (headWaits) {
            flush();
        }
    }

    /** The client has sent something, for nobody. */
    void drop(int bytes) {
        dropped += bytes;
        if (dropped > MAX_DROPPED) {
            cut();
        }
    }

    /** The channel is closed: lets go of everything. */
    void closed() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        if (linger != null) {
            loop.timers().cancel(linger);
        }
        outbound.release();
        listener.onClosed();
    }

    private void send() {
        if (headWaits && outbound.batchSize() == 0) {
            context.flush();
        }
        headWaits = false;
        outbound.flush();
    }

    /** RFC 9112 9.6: closing a socket that has unread bytes resets it, and the reset can overtake the last chunk. */
    private void endOutput() {
        if (phase == Phase.ENDED && context.channel().isActive()) {
            HalfClose.of(context);
        }
    }

    private void tellWritable() {
        if (isWritable()) {
            listener.onWritable();
        }
    }

    /** Hears of what the socket did not take at once. */
    private final class Backlog implements Outbound.Listener {
        @Override
        public void onCongestion(boolean congested) {
            if (!congested) {
                // Not at once: this may be inside the owner's flush.
                loop.mailbox().atEndOfTurn(HttpStream.this::tellWritable);
            }
        }

        @Override
        public void onDequeued() {}
    }

    /** Lets an ended stream live as long as the client takes what waits, and a little longer for it to hang up. */
    private final class Linger extends TimerWheel.Deadline {
        private long mark;

        Linger() {
            begin();
        }

        @Override
        protected void onExpired() {
            if (progressMark() != mark) {
                begin();
            } else {
                cut();
            }
        }

        private void begin() {
            mark = progressMark();
            loop.timers().schedule(this, LINGER_NANOS);
        }
    }
}
