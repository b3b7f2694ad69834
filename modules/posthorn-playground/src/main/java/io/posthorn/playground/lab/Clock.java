package io.posthorn.playground.lab;

import io.posthorn.feed.Feed;
import io.posthorn.transport.Cursor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A visitor's clock, which publishes the time into the visitor's feed, whether anyone reads it or not. Safe for all
 * threads; it ticks on the lab's, until {@link #stop}.
 */
final class Clock {
    private static final Logger log = LoggerFactory.getLogger(Clock.class);

    private final Feed feed;
    private final ScheduledExecutorService timers;
    private final Reservation reservation;
    private Settings settings;
    private long number;
    private long due = System.nanoTime();
    private long lastTick = due;
    private @Nullable Future<?> next;
    private boolean stopped;

    /** A clock that stands still, until it {@linkplain #begin begins}. */
    Clock(Feed feed, ScheduledExecutorService timers, Reservation reservation) {
        this.feed = feed;
        this.timers = timers;
        this.reservation = reservation;
        this.settings = Settings.FIRST.withPaused(true);
    }

    /** Ticks for the first time, and goes on by itself. Gives the place before, unless the server is closing. */
    synchronized Optional<Cursor> begin(Settings initial) {
        settings = initial;
        lastTick = System.nanoTime();
        Optional<Cursor> first = publish();
        schedule(System.nanoTime());
        return first.map(cursor -> cursor.at(cursor.number() - 1));
    }

    /** Goes on in another way. However often that is said, it ticks no faster than the settings allow. */
    synchronized void set(Settings other) {
        settings = other;
        schedule(System.nanoTime());
    }

    synchronized void stop() {
        stopped = true;
        cancel();
    }

    private synchronized void tick() {
        long now = System.nanoTime();
        // Settings may have changed while this tick waited for the lock.
        if (stopped || settings.paused() || now - due < 0) {
            return;
        }
        boolean late = now - due > settings.period().toNanos();
        lastTick = late ? now : due;
        if (publish().isPresent()) {
            schedule(now);
        }
    }

    private Optional<Cursor> publish() {
        number++;
        try {
            Cursor cursor = feed.publish(ClockMessage.of(number, Instant.now(), settings.payload()));
            reservation.published(settings.payload());
            return Optional.of(cursor);
        } catch (IllegalStateException closed) {
            log.debug("{} takes no more messages", feed, closed);
            return Optional.empty();
        }
    }

    private void schedule(long now) {
        cancel();
        if (stopped || settings.paused()) {
            return;
        }
        long wait = Math.max(0, lastTick + settings.period().toNanos() - now);
        due = now + wait;
        next = timers.schedule(this::tick, wait, TimeUnit.NANOSECONDS);
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
