package io.posthorn.playground.lab;

import io.posthorn.feed.Feed;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ScheduledExecutorService;

/** One visitor's stay: the settings, the clock, and what the page is told of them. Safe for all threads. */
final class Visit {
    private static final int MICROSECONDS = 3;

    private final Page page;
    private final Clock clock;
    private Settings settings = Settings.FIRST;

    Visit(Page page, Feed feed, ScheduledExecutorService timers) {
        this.page = page;
        this.clock = new Clock(feed, timers);
    }

    /** Lets the clock go, and tells the page where. */
    synchronized void begin(String id) {
        page.tell("id", id);
        page.tell("settings", settings);
        clock.set(settings);
    }

    /** Does what the page asks for, or tells it why not. */
    void obey(String command) {
        try {
            Command.obey(command, this);
        } catch (IllegalArgumentException refusal) {
            page.tell("refused", String.valueOf(refusal.getMessage()));
        }
    }

    /** For the page to know how far its own clock is off. */
    void tellTime(String asked) {
        // As a decimal number: milliseconds with the microseconds behind the point.
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        page.tell("time", new Time(asked, BigDecimal.valueOf(now, MICROSECONDS)));
    }

    synchronized void setRate(double rate) {
        set(settings.withRate(rate));
    }

    synchronized void setPayload(int bytes) {
        set(settings.withPayload(bytes));
    }

    synchronized void setPaused(boolean paused) {
        set(settings.withPaused(paused));
    }

    /** The page reads again: it may have missed the settings. */
    synchronized void tellSettings() {
        page.tell("settings", settings);
    }

    /** The visitor has left. */
    void end() {
        clock.stop();
    }

    private void set(Settings other) {
        settings = other;
        clock.set(other);
        page.tell("settings", other);
    }

    /**
     * An answer.
     *
     * @param asked what the question said
     * @param now milliseconds since 1970
     */
    private record Time(String asked, BigDecimal now) {}
}
