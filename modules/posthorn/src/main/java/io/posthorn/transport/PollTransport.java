package io.posthorn.transport;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpResponse;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One poll: takes what is written until the flush, which answers the request and is the end of it. Short polling is to wait
 * for nothing, long polling to {@linkplain #await wait} for some time. A reader that polls has one after the other, and
 * none in between. It lives on the loop of the poll's connection, or on another that it is given; all methods are that
 * loop's.
 */
@OnLoop
public final class PollTransport implements Transport {
    private final TransportType type;
    private final HttpExchange exchange;
    private final Loop home;
    private final Answers answers;
    private final Listener listener;
    private final List<Message> written = new ArrayList<>(1);
    private final TimerWheel.Deadline deadline = new WaitDeadline();
    private long bytes;
    private boolean closed;

    /** How messages become an answer. */
    public interface Answers {
        /** How many messages one answer may hold. */
        int maxMessages();

        /** Once an answer has so many bytes of payload, it does not grow by another message. */
        long maxBytes();

        /** The answer that holds these messages, at least one. */
        HttpResponse of(List<Message> messages);

        /** The answer to a poll for which there was nothing. */
        HttpResponse nothing();
    }

    /** The way down to a reader that has sent this request. */
    public PollTransport(TransportType type, HttpExchange exchange, Answers answers, Listener listener) {
        this(type, exchange, exchange.loop(), answers, listener);
    }

    /**
     * The way down to a reader that lives on a loop of its own, wherever its polls come in.
     *
     * @param home the loop on which this is called and everything happens
     */
    public PollTransport(TransportType type, HttpExchange exchange, Loop home, Answers answers, Listener listener) {
        this.type = type;
        this.exchange = exchange;
        this.home = home;
        this.answers = answers;
        this.listener = listener;
        exchange.onAbandoned(() -> home.mailbox().execute(this::abandoned));
    }

    /**
     * Waits for a message: where none is written meanwhile, the poll is answered so at the end.
     *
     * @param wait zero is not to wait at all
     */
    public void await(Duration wait) {
        if (closed) {
            return;
        }
        if (wait.isZero()) {
            close(CloseReason.ANSWERED);
        } else {
            home.timers().schedule(deadline, wait.toNanos());
        }
    }

    @Override
    public TransportType type() {
        return type;
    }

    @Override
    public boolean isWritable() {
        return !closed && written.size() < answers.maxMessages() && bytes < answers.maxBytes();
    }

    @Override
    public void write(Message message) {
        written.add(message);
        bytes += message.size();
    }

    @Override
    public void flush() {
        if (!closed && !written.isEmpty()) {
            end(CloseReason.ANSWERED, answers.of(written));
        }
    }

    @Override
    public void close(CloseReason reason) {
        if (!closed) {
            end(reason, written.isEmpty() ? answers.nothing() : answers.of(written));
        }
    }

    private void end(CloseReason reason, HttpResponse answer) {
        closed = true;
        home.timers().cancel(deadline);
        exchange.respond(answer);
        listener.onClosed(reason);
    }

    private void abandoned() {
        if (!closed) {
            closed = true;
            home.timers().cancel(deadline);
            listener.onClosed(CloseReason.READER_LEFT);
        }
    }

    private final class WaitDeadline extends TimerWheel.Deadline {
        @Override
        protected void onExpired() {
            close(CloseReason.ANSWERED);
        }
    }
}
