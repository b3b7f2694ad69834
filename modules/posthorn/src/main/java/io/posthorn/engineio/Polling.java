package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.CloseReason;
import io.posthorn.transport.Message;
import io.posthorn.transport.PollTransport;
import io.posthorn.transport.Transport;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;

/**
 * A session by long polling: at most one poll waits, and at most one POST is being taken, whatever connections and loops
 * they came by.
 */
@OnLoop
final class Polling implements SessionTransport, Transport.Listener {
    private final Session session;
    private @Nullable PollTransport waiting;
    private @Nullable Post post;

    Polling(Session session) {
        this.session = session;
    }

    @Override
    public TransportType type() {
        return TransportType.LONG_POLLING;
    }

    /** Whether a poll waits. */
    boolean isWaiting() {
        return waiting != null;
    }

    /** Takes a poll, while none waits: it is the session's way down until it is answered. */
    Transport poll(HttpExchange exchange, PollAnswers answers) {
        PollTransport poll = new PollTransport(TransportType.LONG_POLLING, exchange, session.loop(), answers, this);
        waiting = poll;
        return poll;
    }

    /** Lets a poll wait no longer. */
    void release() {
        if (waiting != null) {
            waiting.close(CloseReason.ANSWERED);
        }
    }

    /** Whether a POST is not answered yet. */
    boolean isTaking() {
        return post != null;
    }

    /** Takes a POST, while none is being taken: it is answered when the session has got all of it. */
    void post(HttpExchange exchange) {
        Post taken = new Post(exchange);
        post = taken;
        taken.read();
    }

    @Override
    public void pauseReading() {}

    @Override
    public void resumeReading() {
        if (post != null) {
            post.read();
        }
    }

    @Override
    public void end(Message lastWord) {
        if (post != null) {
            post.drop();
        }
        PollTransport last = waiting;
        if (last != null) {
            last.write(lastWord);
            last.flush();
        }
    }

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason reason) {
        waiting = null;
        if (reason == CloseReason.READER_LEFT) {
            session.fail(SessionCloseReason.TRANSPORT_ERROR, "poll connection closed prematurely");
        }
    }

    /** One POST: its packets are handed out as the session takes them, which may pause in between. */
    private final class Post {
        private final HttpExchange exchange;
        private final PayloadReader packets;
        private boolean reading;

        Post(HttpExchange exchange) {
            this.exchange = exchange;
            this.packets = new PayloadReader(exchange.body());
        }

        void read() {
            if (reading) {
                return; // resumed by the packet that is being handed out
            }
            reading = true;
            try {
                while (session.isReading() && packets.hasNext()) {
                    packets.next(session);
                }
            } catch (PacketException wrong) {
                session.fail(SessionCloseReason.PARSE_ERROR, wrong.reason());
            } finally {
                reading = false;
            }
            if (!session.isOpen() || !packets.hasNext()) {
                post = null;
                session.ok(exchange);
            }
        }

        /** The session has ended: nobody takes the rest. */
        void drop() {
            if (!reading) {
                post = null;
                session.refuse(exchange);
            }
        }
    }
}
