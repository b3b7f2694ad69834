package io.posthorn.playground.lab;

import io.posthorn.http.WireTap;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One of a visitor's readers: lets its requests in or drops them, counts what passes on the wire, and keeps the latest of it
 * to be shown. Safe for all threads; taps tell it on the loops of its connections.
 */
final class Reader {
    /** A reader has one connection, and for a moment two. */
    private static final int MAX_LIVE = 4;

    private static final int MAX_KEPT = 4;

    private final String name;
    private final News news;
    private final long betweenPolls;
    private final Set<Exchange> live = ConcurrentHashMap.newKeySet();
    private final Deque<Exchange> kept = new ArrayDeque<>();
    private Counts counts = new Counts(0, 0, 0, 0, 0);
    private Counts toldCounts = counts;
    private boolean inspected;
    private boolean lost;
    private @Nullable Long cutBetween;
    private @Nullable Long lastPoll;

    /** A reader that has not come yet, whom to tell when there is something new, and how long a poll is awaited. */
    Reader(String name, News news, Duration betweenPolls) {
        this.name = name;
        this.news = news;
        this.betweenPolls = betweenPolls.toNanos();
    }

    /** Counts a request, and lets it in, or drops its connection without a word where nobody can be reached. */
    synchronized boolean admit(Exchange exchange, boolean reachable) {
        add(1, exchange.requestBytes(), 0, 0, 0);
        live.add(exchange);
        keep(exchange);
        exchange.begin(counts.requests(), new Tap(exchange));
        boolean isCut = isRecent(cutBetween);
        cutBetween = null;
        if (!reachable || isCut) {
            drop(exchange);
            return false;
        }
        if (live.size() > MAX_LIVE) {
            endOldest();
        }
        if (lost) {
            lost = false;
            add(0, 0, 0, 0, 1);
            news.urgent();
        }
        return true;
    }

    /**
     * Drops its connections without a word. Where it is between two polls, it has none that would show it: it is the next
     * poll then whose connection is dropped.
     */
    synchronized void cut() {
        if (!live.isEmpty()) {
            // Those that were cut before are still here until their loops tell of it.
            live.stream().filter(exchange -> !exchange.isCut()).forEach(this::drop);
        } else if (isRecent(lastPoll)) {
            cutBetween = System.nanoTime();
        }
    }

    /** Lets the next poll in, whatever was cut before. */
    synchronized void forgetCut() {
        cutBetween = null;
    }

    /** Ends its connections; nobody is told of it any more. */
    synchronized void end() {
        live.forEach(Exchange::cut);
    }

    /** Lets its exchanges be told, the latest at once, or no more. */
    synchronized void setInspected(boolean yes) {
        inspected = yes;
        trim();
        if (yes && !kept.isEmpty()) {
            kept.getLast().tellAgain();
        }
    }

    /** Its counts, where they have changed since they were asked for. */
    synchronized Optional<Counts> newCounts() {
        if (counts.equals(toldCounts)) {
            return Optional.empty();
        }
        toldCounts = counts;
        return Optional.of(counts);
    }

    /** What there is to show that was not shown before, where anyone looks. */
    synchronized List<Wire> news() {
        List<Wire> wires = new ArrayList<>();
        if (inspected) {
            kept.stream().filter(Exchange::hasNews).forEach(exchange -> wires.add(exchange.news(name)));
        }
        return wires;
    }

    /** How many of its requests have a connection now. */
    synchronized int live() {
        return live.size();
    }

    /** A reader is in one place: what it asked for last counts. */
    private void endOldest() {
        Exchange oldest = Collections.min(live, Comparator.comparingLong(Exchange::number));
        live.remove(oldest);
        oldest.cut();
    }

    private boolean isRecent(@Nullable Long time) {
        return time != null && System.nanoTime() - time < betweenPolls;
    }

    private void drop(Exchange exchange) {
        add(0, 0, 0, 1, 0);
        if (!lost) {
            lost = true;
            news.urgent();
        }
        exchange.cut();
    }

    private void keep(Exchange exchange) {
        kept.addLast(exchange);
        trim();
    }

    private void trim() {
        while (kept.size() > (inspected ? MAX_KEPT : 1)) {
            kept.removeFirst().hide();
        }
    }

    private void add(long requests, long received, long sent, long cuts, long reconnects) {
        counts = new Counts(
                counts.requests() + requests,
                counts.received() + received,
                counts.sent() + sent,
                counts.cuts() + cuts,
                counts.reconnects() + reconnects);
        news.happened();
    }

    private synchronized void onBytes(Exchange exchange, WireTap.Direction direction, byte[] bytes) {
        switch (direction) {
            case RECEIVED -> {
                add(0, bytes.length, 0, 0, 0);
                exchange.received(bytes);
            }
            case SENT -> {
                add(0, 0, bytes.length, 0, 0);
                exchange.sent(bytes);
            }
        }
    }

    private synchronized void onEnd(Exchange exchange) {
        live.remove(exchange);
        exchange.ended();
        if (!exchange.isCut()) {
            lastPoll = exchange.wasPoll() ? System.nanoTime() : null;
        }
        news.happened();
    }

    /** Looks at one exchange, for its reader. */
    private final class Tap implements WireTap {
        private final Exchange exchange;

        Tap(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void onBytes(Direction direction, byte[] bytes) {
            Reader.this.onBytes(exchange, direction, bytes);
        }

        @Override
        public void onEnd() {
            Reader.this.onEnd(exchange);
        }
    }
}
