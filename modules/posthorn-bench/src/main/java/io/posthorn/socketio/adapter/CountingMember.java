package io.posthorn.socketio.adapter;

import io.posthorn.loop.Loop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;

import java.util.Set;

/** A member that counts what it gets. */
final class CountingMember implements Member {
    private final String id;
    private final Loop loop;
    private Set<String> rooms = Set.of();
    private long delivered;

    CountingMember(String id, Loop loop) {
        this.id = id;
        this.loop = loop;
    }

    long delivered() {
        return delivered;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void deliver(Message message, Delivery delivery) {
        delivered++;
    }

    @Override
    public void flush() {}

    @Override
    public void roomsChanged(Set<String> rooms) {
        this.rooms = rooms;
    }

    @Override
    public String toString() {
        return id + " in " + rooms;
    }
}
