package io.posthorn.playground.lab;

import io.posthorn.http.HttpExchange;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All readers of one visit: one for each transport, and one that travels from one to another. Safe for all threads. */
final class Readers {
    static final List<String> NAMES =
            List.of("short-polling", "long-polling", "iframe", "event-source", "websocket", "traveller");

    private final Map<String, Reader> byName = new TreeMap<>();
    private boolean reachable = true;
    private boolean ended;

    /**
     * Readers that have not come yet.
     *
     * @param news whom to tell when there is something new of any
     * @param betweenPolls how long a reader that polls is awaited
     */
    Readers(News news, Duration betweenPolls) {
        NAMES.forEach(name -> byName.put(name, new Reader(name, news, betweenPolls)));
    }

    /** Whether a request may read. */
    boolean admit(String name, HttpExchange exchange) {
        Reader reader = byName.get(name);
        return reader != null && admit(reader, new Exchange(exchange));
    }

    /**
     * Drops the connections of a reader, or of all where the name is empty.
     *
     * @throws IllegalArgumentException where there is no such reader
     */
    synchronized void cut(String name) {
        Collection<Reader> some = name.isEmpty() ? byName.values() : List.of(reader(name));
        some.forEach(Reader::cut);
    }

    /** Drops all connections now, and each that comes from now on; or lets them come again. */
    synchronized void setReachable(boolean yes) {
        reachable = yes;
        byName.values().forEach(yes ? Reader::forgetCut : Reader::cut);
    }

    /**
     * Lets the exchanges of one reader be told, or of none.
     *
     * @throws IllegalArgumentException where there is no such reader
     */
    synchronized void inspect(String name) {
        Reader wanted = name.equals("none") ? null : reader(name);
        byName.values().forEach(reader -> reader.setInspected(reader == wanted));
    }

    /** Lets nobody in any more, and ends all connections. */
    synchronized void end() {
        ended = true;
        byName.values().forEach(Reader::end);
    }

    /** The counts that have changed, by reader. */
    Map<String, Counts> newCounts() {
        Map<String, Counts> changed = new TreeMap<>();
        byName.forEach((name, reader) -> reader.newCounts().ifPresent(counts -> changed.put(name, counts)));
        return changed;
    }

    /** What there is to show of the reader that is looked at. */
    Stream<Wire> news() {
        return byName.values().stream().flatMap(reader -> reader.news().stream());
    }

    /** How many requests have a connection now. */
    int live() {
        return byName.values().stream().mapToInt(Reader::live).sum();
    }

    private synchronized boolean admit(Reader reader, Exchange exchange) {
        return !ended && reader.admit(exchange, reachable);
    }

    private Reader reader(String name) {
        Reader reader = byName.get(name);
        if (reader == null) {
            throw new IllegalArgumentException("There is no such reader.");
        }
        return reader;
    }
}
