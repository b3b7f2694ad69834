package io.posthorn.socketio.adapter;

import io.posthorn.loop.Loop;
import io.posthorn.transport.Burst;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket that remembers what it was given; written by its loop, read by all. */
final class TestMember implements Member {
    private final String id;
    private final Loop loop;
    final List<Message> delivered = new CopyOnWriteArrayList<>();
    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    /** How many messages had been delivered at each flush. */
    final List<Integer> flushes = new CopyOnWriteArrayList<>();

    /** How many messages each burst held that it has taken whole. */
    final List<Integer> bursts = new CopyOnWriteArrayList<>();

    volatile boolean takesBursts;
    volatile Set<String> rooms = Set.of();
    volatile boolean gone;
    volatile Runnable onDeliver = () -> {};

    TestMember(String id, Loop loop) {
        this.id = id;
        this.loop = loop;
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
        return gone;
    }

    @Override
    public void deliver(Message message, Delivery delivery) {
        assert loop.inLoop();
        delivered.add(message);
        deliveries.add(delivery);
        onDeliver.run();
    }

    @Override
    public boolean offer(Burst burst) {
        assert loop.inLoop();
        if (!takesBursts) {
            return false;
        }
        delivered.addAll(burst.messages());
        bursts.add(burst.messages().size());
        flushes.add(delivered.size());
        return true;
    }

    @Override
    public void flush() {
        assert loop.inLoop();
        flushes.add(delivered.size());
    }

    @Override
    public void roomsChanged(Set<String> changed) {
        assert loop.inLoop();
        rooms = changed;
    }

    /** What it got, in order. */
    List<String> texts() {
        return delivered.stream()
                .map(message -> message.payload().orElseThrow().text())
                .toList();
    }

    @Override
    public String toString() {
        return id;
    }
}
