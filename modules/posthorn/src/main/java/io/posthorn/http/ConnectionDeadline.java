package io.posthorn.http;

import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;

import java.time.Duration;

/** The one deadline of a connection; what it means, and how long it is, follows from the connection's state. */
@OnLoop
final class ConnectionDeadline extends TimerWheel.Deadline {
    /** How long the other side may still talk after its last answer. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final HttpConnection connection;
    private final HttpLimits limits;
    private long progressWhenArmed;

    ConnectionDeadline(HttpConnection connection, HttpLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    /** Begins anew, as the state asks. */
    void arm() {
        switch (connection.state()) {
            case IDLE, SENDING -> schedule(limits.idleDeadline());
            case READING_HEAD -> schedule(limits.headDeadline());
            case READING_BODY -> schedule(limits.bodyDeadline());
            case CLOSING -> schedule(LINGER);
            case ANSWERING, UPGRADED, CLOSED -> cancel();
        }
    }

    void cancel() {
        connection.loop().timers().cancel(this);
    }

    @Override
    protected void onExpired() {
        switch (connection.state()) {
            case READING_HEAD ->
                connection.refuse(new HttpException(Refusal.HEAD_TIMEOUT, "the head of the request took too long"));
            case READING_BODY ->
                connection.refuse(new HttpException(Refusal.BODY_TIMEOUT, "the body of the request took too long"));
            case IDLE, SENDING, CLOSING -> {
                // A long answer on a slow line is no idleness as long as it gets on.
                if (connection.progress() == progressWhenArmed) {
                    connection.giveUp();
                } else {
                    arm();
                }
            }
            case ANSWERING, UPGRADED, CLOSED -> {}
        }
    }

    private void schedule(Duration delay) {
        progressWhenArmed = connection.progress();
        connection.loop().timers().schedule(this, delay.toNanos());
    }
}
