package io.posthorn.socketio.adapter;

import java.util.Map;

/** A member as its loop's index knows it. */
final class Entry {
    final Member member;
    /** Where it stands among everybody. */
    final Membership presence;
    /** By the room's name; most have none, and then no map. */
    Map<String, Membership> memberships = Map.of();
    /** The last walk that has seen it. */
    long stamp;

    boolean isUnflushed;

    Entry(Member member, Room everybody) {
        this.member = member;
        this.presence = everybody.add(this);
    }
}
