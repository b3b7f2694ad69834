package io.posthorn.socketio.adapter;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The members of a room that live on one loop: a flat array to walk over, and beside it each one's place, so that the
 * last can take the place of whoever leaves.
 */
final class Room {
    private static final int FEWEST_PLACES = 4;

    private @Nullable Entry[] entries = new Entry[FEWEST_PLACES];
    private @Nullable Membership[] memberships = new Membership[FEWEST_PLACES];
    private int size;

    Membership add(Entry entry) {
        Membership membership = new Membership(this);
        add(entry, membership);
        return membership;
    }

    /** Lets a membership in this room be an entry's. */
    void add(Entry entry, Membership membership) {
        if (size == entries.length) {
            resize(size * 2);
        }
        membership.position = size;
        entries[size] = entry;
        memberships[size++] = membership;
    }

    void remove(Membership membership) {
        int last = --size;
        Membership moved = Objects.requireNonNull(memberships[last]);
        entries[membership.position] = entries[last];
        memberships[membership.position] = moved;
        moved.position = membership.position;
        entries[last] = null;
        memberships[last] = null;
        if (size < entries.length / 4 && entries.length > FEWEST_PLACES) {
            resize(entries.length / 2);
        }
    }

    /** The action must leave the room as it is. */
    void forEach(Consumer<Entry> action) {
        for (int i = 0; i < size; i++) {
            action.accept(Objects.requireNonNull(entries[i]));
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    private void resize(int length) {
        entries = Arrays.copyOf(entries, length);
        memberships = Arrays.copyOf(memberships, length);
    }
}
