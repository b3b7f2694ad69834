package io.posthorn.http;

import io.posthorn.loop.OnLoop;
import io.posthorn.loop.TimerWheel;

import java.time.Duration;

/** The one deadline of a connection; what it means, and how long it is, follows from the connection's state. */
@OnLoop
final class ConnectionDeadline extends TimerWheel.Deadline {
    /** After its last answer the other side may be silent so long, */
    private static final Duration LINGER = Duration.ofSeconds(2);
    /** or go on sending what nobody reads so long: an upload that was refused, say. */
    private static final Duration MAX_LINGER = Duration.ofSeconds(30);

    private final HttpConnection connection;
    private final HttpLimits limits;
    private long sentWhenArmed;
    private long discardedWhenArmed;
    private long lingersSince;

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
            case CLOSING -> {
                lingersSince = lingersSince == 0 ? System.nanoTime() : lingersSince;
                schedule(LINGER);
            }
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
                if (isGettingOn()) {
                    arm();
                } else {
                    connection.giveUp();
                }
            }
            case ANSWERING, UPGRADED, CLOSED -> {}
        }
    }

    /** A long answer on a slow line is no idleness, nor is a refused upload that has not come to its end. */
    private boolean isGettingOn() {
        boolean lingers =
                connection.discarded() != discardedWhenArmed && System.nanoTime() - lingersSince < MAX_LINGER.toNanos();
        return lingers || connection.sent() != sentWhenArmed;
    }

    private void schedule(Duration delay) {
        sentWhenArmed = connection.sent();
        discardedWhenArmed = connection.discarded();
        connection.loop().timers().schedule(this, delay.toNanos());
    }
}
