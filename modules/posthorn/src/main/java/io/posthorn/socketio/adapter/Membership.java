package io.posthorn.socketio.adapter;

/** A member's place in a room. */
final class Membership {
    final Room room;
    int position;

    Membership(Room room, int position) {
        this.room = room;
        this.position = position;
    }
}
