package io.posthorn.playground.lab;

import io.posthorn.feed.Feed;
import io.posthorn.http.HttpExchange;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One visitor's stay: settings, clock and readers, and what the page is told of them. Safe for all threads. */
final class Visit {
    private static final int MICROSECONDS = 3;
    private static final String NO_ROOM =
            "The clocks of all visitors keep as much as they may: try a smaller payload, or later.";

    private final Page page;
    private final Feed feed;
    private final ScheduledExecutorService timers;
    private final Duration offline;
    private final News news;
    private final Reservation reservation;
    private final Clock clock;
    private final Readers readers;
    private Settings settings = Settings.FIRST;
    private @Nullable Future<?> comesBack;
    private long comesBackAt;

    Visit(Page page, Feed feed, Reservation reservation, LabThreads threads, LabLimits limits) {
        this.page = page;
        this.feed = feed;
        this.timers = threads.clocks();
        this.offline = limits.offline();
        this.news = new News(threads.tellings(), this::tellNews);
        this.reservation = reservation;
        this.clock = new Clock(feed, timers, reservation);
        this.readers = new Readers(news, limits.betweenPolls());
    }

    /** Lets the clock go, and tells the page where, and behind which cursor its readers begin. */
    synchronized void begin(String id) {
        page.tell("id", id);
        clock.begin(settings).ifPresent(cursor -> page.tell("from", cursor.toString()));
        tellSettings();
    }

    InetAddress address() {
        return page.address();
    }

    /** Does what the page asks for, or tells it why not. */
    void obey(String command) {
        try {
            Command.obey(command, this);
        } catch (IllegalArgumentException refusal) {
            page.tell("refused", String.valueOf(refusal.getMessage()));
        }
    }

    /** Whether a request may read the clock, for a reader of that name. */
    boolean mayRead(String reader, HttpExchange exchange) {
        return readers.admit(reader, exchange);
    }

    /** The page reads again: it may have missed something. */
    synchronized void catchUp() {
        tellSettings();
        if (comesBackAt != 0) {
            tellOffline();
        }
        news.urgent();
    }

    /** The visitor has left: the feed ends, and its readers with it. */
    synchronized void end() {
        clock.stop();
        if (comesBack != null) {
            comesBack.cancel(false);
        }
        feed.end();
        readers.end();
        reservation.end();
    }

    /** For the page to know how far its own clock is off. */
    void tellTime(String asked) {
        // As a decimal number: milliseconds with the microseconds behind the point.
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        page.tell("time", new Time(asked, BigDecimal.valueOf(now, MICROSECONDS)));
    }

    synchronized void set(Settings other) {
        if (!reservation.tryReserve(other.payload())) {
            throw new IllegalArgumentException(NO_ROOM);
        }
        settings = other;
        clock.set(other);
        tellSettings();
    }

    synchronized Settings settings() {
        return settings;
    }

    /** Lets the page look at a reader, or at none. */
    void inspect(String reader) {
        readers.inspect(reader);
        news.urgent();
    }

    Readers readers() {
        return readers;
    }

    /** For some seconds no reader reaches the server, while the clock ticks on. */
    synchronized void goOffline() {
        if (comesBack == null) {
            comesBackAt = System.nanoTime() + offline.toNanos();
            comesBack = timers.schedule(this::comeBack, offline.toNanos(), TimeUnit.NANOSECONDS);
            readers.setReachable(false);
        }
        tellOffline();
    }

    private synchronized void comeBack() {
        comesBack = null;
        readers.setReachable(true);
        tellOffline();
    }

    private void tellOffline() {
        long left = comesBackAt - System.nanoTime();
        page.tell("offline", comesBack == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
    }

    private void tellSettings() {
        page.tell("settings", settings);
    }

    /** What happened to the readers, as far as the page reads it. On the thread of the tellings alone, in their order. */
    private void tellNews() {
        if (!page.reads()) {
            return;
        }
        Map<String, Counts> counts = readers.newCounts();
        if (!counts.isEmpty()) {
            page.tell("counts", counts);
        }
        readers.news().forEach(wire -> page.tell("wire", wire));
    }

    /**
     * An answer.
     *
     * @param asked what the question said
     * @param now milliseconds since 1970
     */
    private record Time(String asked, BigDecimal now) {}
}
