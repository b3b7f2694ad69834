package io.posthorn.transport;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.HttpStream;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * An answer that goes on, each message as its {@link Framing} has it: EventSource and iframe streaming. While it is quiet it
 * sends keep-alives, and gives up a connection that takes nothing for {@value #STALLED_KEEP_ALIVES} of them; after so many
 * bytes, and a message, it ends itself with the framing's last words. It lives on its connection's loop; all methods are
 * the loop's.
 */
@OnLoop
public final class StreamTransport implements Transport {
    /** So many keep-alives in a row without any progress are the end. */
    private static final int STALLED_KEEP_ALIVES = 4;
    /** More than this is not gathered between two flushes, in bytes. */
    private static final int MAX_UNFLUSHED = 64 * 1024;

    private final Framing framing;
    private final Options options;
    private final Listener listener;
    private final HttpStream stream;
    private final TimerWheel timers;
    private final TimerWheel.Deadline deadline = new QuietDeadline();
    private @Nullable Cursor last;
    private long sent;
    private int unflushed;
    private long lastWrite;
    private long progress;
    private int stalled;
    private CloseReason reason = CloseReason.READER_LEFT;
    private boolean closed;

    /**
     * How long things go on.
     *
     * @param keepAlive how long a stream may be quiet
     * @param maxBytes after so many bytes the stream ends itself, for readers that keep what they have read
     */
    public record Options(Duration keepAlive, long maxBytes) {}

    /** Begins to answer. */
    public StreamTransport(
            HttpExchange exchange, HttpResponse head, Framing framing, Options options, Listener listener) {
        this.options = options;
        this.listener = listener;
        this.timers = exchange.loop().timers();
        this.stream = exchange.stream(head, new StreamListener());
        this.framing = framing.chunked(stream.isChunked());
        send(this.framing.prelude());
        timers.schedule(deadline, options.keepAlive().toNanos());
    }

    @Override
    public TransportType type() {
        return framing.type();
    }

    @Override
    public boolean isWritable() {
        return !closed && unflushed < MAX_UNFLUSHED && stream.isWritable();
    }

    @Override
    public void write(Message message) {
        message.cursor().ifPresent(cursor -> last = cursor);
        send(message.as(framing));
    }

    @Override
    public void flush() {
        unflushed = 0;
        stream.flush();
        // Not before there is a cursor to begin anew from: keep-alives fill nobody's memory.
        if (sent >= options.maxBytes() && last != null) {
            close(CloseReason.RECYCLED);
        }
    }

    @Override
    public void close(CloseReason why) {
        if (closed) {
            return;
        }
        closed = true;
        reason = why;
        if (why == CloseReason.TOO_SLOW) {
            stream.cut(); // the last words would wait behind all that was not taken
            return;
        }
        if (why == CloseReason.RECYCLED) {
            send(framing.end(last));
        }
        stream.end();
    }

    private void send(byte[] wire) {
        if (wire.length > 0) {
            stream.write(wire);
            sent += wire.length;
            unflushed += wire.length;
            lastWrite = timers.tick();
        }
    }

    private void quiet() {
        long quiet = (timers.tick() - lastWrite) * TimerWheel.TICK_NANOS;
        long left = options.keepAlive().toNanos() - quiet;
        if (left > 0) {
            timers.schedule(deadline, left);
            return;
        }
        if (isStalled()) {
            close(CloseReason.TOO_SLOW);
            return;
        }
        if (isWritable()) {
            send(framing.keepAlive());
            flush();
        }
        if (!closed) {
            timers.schedule(deadline, options.keepAlive().toNanos());
        }
    }

    private boolean isStalled() {
        boolean stands = stream.backlog() > 0 && stream.progressMark() == progress;
        progress = stream.progressMark();
        stalled = stands ? stalled + 1 : 0;
        return stalled >= STALLED_KEEP_ALIVES;
    }

    private final class StreamListener implements HttpStream.Listener {
        @Override
        public void onWritable() {
            listener.onWritable();
        }

        @Override
        public void onClosed() {
            closed = true;
            timers.cancel(deadline);
            listener.onClosed(reason);
        }
    }

    private final class QuietDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            if (!closed) {
                quiet();
            }
        }
    }
}
