package io.posthorn.socketio.adapter;

import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The members that live on one loop, and their rooms: plain collections, which only that loop touches.
 *
 * <p>The room that each member has for itself is not kept: a name that is a member's id means that member, and whoever
 * else has joined a room of that name. A room that nobody is in is gone. A walk over several rooms marks whom it has
 * met with its own number, so that nobody is met twice.
 */
@OnLoop
final class RoomIndex {
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Room> rooms = new HashMap<>();
    private final Room everybody = new Room();
    private long stamp;
    private boolean walking;

    /** Adds a member to rooms, and tells it where they are others than before. */
    void add(Member member, Set<String> names) {
        assert !walking;
        Entry entry = find(member);
        boolean isNew = entry == null;
        if (entry == null) {
            entry = enter(member);
        }
        if (join(entry, names) || isNew) {
            member.roomsChanged(roomsOf(entry));
        }
    }

    /** Takes a member out of rooms, and tells it where they are others than before. */
    void remove(Member member, Set<String> names) {
        assert !walking;
        Entry entry = find(member);
        if (entry != null && leave(entry, names)) {
            member.roomsChanged(roomsOf(entry));
        }
    }

    /** Takes a member out of everything. */
    void removeAll(Member member) {
        assert !walking;
        Entry entry = find(member);
        if (entry == null) {
            return;
        }
        entry.memberships.forEach(this::leave);
        entry.memberships = Map.of();
        everybody.remove(entry);
        entries.remove(member.id());
        member.roomsChanged(Set.of());
    }

    /** Meets each member of an audience, once. The action may not change the index. */
    void forEach(Audience audience, Consumer<Entry> action) {
        walking = true;
        try {
            walk(audience.rooms(), audience.except(), action);
        } finally {
            walking = false;
        }
    }

    /** Whether a walk is under way, and the index may not change. */
    boolean isWalking() {
        return walking;
    }

    /** The names of the rooms that somebody is in. */
    Set<String> rooms() {
        return rooms.keySet();
    }

    /** How many members there are. */
    int size() {
        return everybody.size();
    }

    private void walk(Set<String> targets, Set<String> except, Consumer<Entry> action) {
        if (except.isEmpty() && targets.size() <= 1) {
            meet(targets, action);
            return;
        }
        long now = ++stamp;
        for (String name : except) {
            meet(name, entry -> entry.stamp = now);
        }
        meet(targets, entry -> {
            if (entry.stamp != now) {
                entry.stamp = now;
                action.accept(entry);
            }
        });
    }

    private void meet(Set<String> targets, Consumer<Entry> action) {
        if (targets.isEmpty()) {
            everybody.forEach(action);
            return;
        }
        for (String name : targets) {
            meet(name, action);
        }
    }

    private void meet(String name, Consumer<Entry> action) {
        Entry owner = entries.get(name);
        if (owner != null) {
            action.accept(owner);
        }
        Room room = rooms.get(name);
        if (room != null) {
            room.forEach(action);
        }
    }

    /** A member that comes back with its old id takes the place of what it was before. */
    private Entry enter(Member member) {
        Entry former = entries.get(member.id());
        if (former != null) {
            removeAll(former.member);
        }
        Entry entry = new Entry(member, everybody);
        everybody.add(entry, entry);
        entries.put(member.id(), entry);
        return entry;
    }

    /** Whether there was one that it was not in. */
    private boolean join(Entry entry, Set<String> names) {
        int before = entry.memberships.size();
        for (String name : names) {
            if (name.equals(entry.member.id()) || entry.memberships.containsKey(name)) {
                continue;
            }
            if (entry.memberships.isEmpty()) {
                entry.memberships = new LinkedHashMap<>(4);
            }
            Room room = rooms.computeIfAbsent(name, missing -> new Room());
            entry.memberships.put(name, room.add(entry));
        }
        return entry.memberships.size() != before;
    }

    /** Whether there was one that it was in. */
    private boolean leave(Entry entry, Set<String> names) {
        boolean left = false;
        for (String name : names) {
            Membership membership = entry.memberships.get(name);
            if (membership != null) {
                leave(name, membership);
                entry.memberships.remove(name);
                left = true;
            }
        }
        if (left && entry.memberships.isEmpty()) {
            entry.memberships = Map.of();
        }
        return left;
    }

    private void leave(String name, Membership membership) {
        membership.room.remove(membership);
        if (membership.room.isEmpty()) {
            rooms.remove(name);
        }
    }

    private @Nullable Entry find(Member member) {
        Entry entry = entries.get(member.id());
        return entry != null && entry.member == member ? entry : null;
    }

    private static Set<String> roomsOf(Entry entry) {
        if (entry.memberships.isEmpty()) {
            return Set.of(entry.member.id());
        }
        Set<String> names = new HashSet<>(entry.memberships.keySet());
        names.add(entry.member.id());
        return Set.copyOf(names);
    }
}
