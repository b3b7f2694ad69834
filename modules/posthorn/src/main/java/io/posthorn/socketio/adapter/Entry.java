package io.posthorn.socketio.adapter;

import java.util.Map;

/** A member as its loop's index knows it, and its place among everybody. */
final class Entry extends Membership {
    final Member member;
    /** By the room's name; most have none, and then no map. */
    Map<String, Membership> memberships = Map.of();
    /** The last walk that has seen it. */
    long stamp;

    boolean isUnflushed;

    Entry(Member member, Room everybody) {
        super(everybody);
        this.member = member;
    }
}
