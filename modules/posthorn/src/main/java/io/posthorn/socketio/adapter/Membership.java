package io.posthorn.socketio.adapter;

/** A member's place in a room. */
class Membership {
    final Room room;
    int position;

    Membership(Room room) {
        this.room = room;
    }
}
