package io.posthorn.engineio;

import io.posthorn.http.HttpExchange;
import io.posthorn.loop.Loop;
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
    private static final String TWO_POSTS = "two POSTs at a time";

    private final Session session;
    private @Nullable PollTransport waiting;
    private @Nullable Loop waitingOn;
    private @Nullable Post post;
    private int coming;

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

    /** Takes a poll: it is the session's way down until it is answered. */
    void poll(HttpExchange exchange, boolean isInitial) {
        if (waiting != null) {
            session.breakOff(exchange, "two polls at a time");
            return;
        }
        PollAnswers answers = session.engine().responses().poll(exchange.request(), isInitial);
        PollTransport poll = new PollTransport(TransportType.LONG_POLLING, exchange, session.loop(), answers, this);
        waiting = poll;
        waitingOn = exchange.loop();
        session.carry(poll);
    }

    /** Lets a poll wait no longer. */
    void release() {
        if (waiting != null) {
            waiting.close(CloseReason.ANSWERED);
        }
    }

    /** Whether a POST is not answered yet. */
    boolean isTaking() {
        return post != null || coming > 0;
    }

    /** The body of a POST is coming, but not all at once. */
    void postBegins() {
        if (post != null || coming > 0) {
            session.fail(SessionCloseReason.TRANSPORT_ERROR, TWO_POSTS);
        }
        coming++;
    }

    /** All of it has come, or never will. */
    void postComplete() {
        coming--;
    }

    /** Takes a POST, which is answered when the session has got all of it. */
    void post(HttpExchange exchange) {
        if (post != null || coming > 0) {
            session.breakOff(exchange, TWO_POSTS);
            return;
        }
        Post taken = new Post(exchange);
        post = taken;
        Loop polled = waitingOn;
        if (waiting == null || polled == null) {
            taken.read();
            return;
        }
        // Whether the client has given up its poll before, the poll's loop knows when it has looked at its sockets.
        Loop home = session.loop();
        polled.mailbox().execute(() -> polled.afterReads(() -> home.mailbox().execute(taken::read)));
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
            post.end();
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
        waitingOn = null;
        if (reason == CloseReason.READER_LEFT) {
            session.fail(SessionCloseReason.TRANSPORT_ERROR, "poll connection closed prematurely");
        }
    }

    /**
     * One POST: its packets are handed out as the session takes them, which may pause in between.
     *
     * <pre>
     *   PAUSED ◄──► READING ──► TAKEN      READING: a packet is being handed out
     *                                      TAKEN: the client has left by it; it is answered when that is settled
     * </pre>
     */
    private final class Post {
        private final HttpExchange exchange;
        private final PayloadReader packets;
        private Phase phase = Phase.PAUSED;

        Post(HttpExchange exchange) {
            this.exchange = exchange;
            this.packets = new PayloadReader(exchange.body());
        }

        void read() {
            if (phase != Phase.PAUSED || post != this) {
                return; // resumed by the packet that is being handed out, or dropped
            }
            phase = Phase.READING;
            try {
                while (session.isReading() && packets.hasNext()) {
                    packets.next(session);
                }
            } catch (PacketException wrong) {
                session.fail(SessionCloseReason.PARSE_ERROR, wrong.reason());
            }
            if (session.isDeparting()) {
                phase = Phase.TAKEN;
            } else if (session.isOpen() && packets.hasNext()) {
                phase = Phase.PAUSED;
            } else {
                post = null;
                exchange.respond(session.engine().responses().ok(exchange.request()));
            }
        }

        /** The session has ended. */
        void end() {
            switch (phase) {
                case READING -> {} // it sees that itself
                case PAUSED -> {
                    post = null;
                    session.refuse(exchange); // nobody takes the rest
                }
                case TAKEN -> {
                    post = null;
                    exchange.respond(session.engine().responses().ok(exchange.request()));
                }
            }
        }
    }

    private enum Phase {
        PAUSED,
        READING,
        TAKEN
    }
}
