package io.posthorn.socketio;

import io.posthorn.loop.HandlerSite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The handlers of one socket's events, in the order in which they were added. They are few: looked through one by one, and
 * copied when one is added. For all threads.
 */
final class SocketHandlers {
    private volatile List<Entry> entries = List.of();

    /** A handler of events of a name, and where its class runs. */
    record Entry(String name, EventHandler handler, HandlerSite site) {}

    synchronized void add(Entry entry) {
        List<Entry> more = new ArrayList<>(entries.size() + 1);
        more.addAll(entries);
        more.add(entry);
        entries = List.copyOf(more);
    }

    synchronized void removeIf(Predicate<Entry> unwanted) {
        entries = entries.stream().filter(unwanted.negate()).toList();
    }

    List<Entry> all() {
        return entries;
    }
}
