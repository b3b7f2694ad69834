package io.posthorn.socketio.adapter;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What an adapter does on one loop: changes the index, walks over it, and flushes at the end of the turn. */
@OnLoop
final class LoopRooms {
    private final Loop loop;
    private final RoomIndex index = new RoomIndex();
    private final ArrayDeque<Entry> unflushed = new ArrayDeque<>(0);
    private final Runnable flush = this::flush;
    private boolean flushing;
    private boolean closed;

    LoopRooms(Loop loop) {
        this.loop = loop;
    }

    /**
     * Lets the loop do something; from any thread. What a delivery brings about waits for its end.
     *
     * @return false where the loop has ended
     */
    boolean execute(Runnable action) {
        if (loop.inLoop() && index.isWalking()) {
            return loop.mailbox().post(action);
        }
        return loop.mailbox().execute(action);
    }

    void add(Member member, Set<String> rooms) {
        if (!closed && !member.isGone()) {
            index.add(member, rooms);
        }
    }

    void remove(Member member, Set<String> rooms) {
        index.remove(member, rooms);
    }

    void removeAll(Member member) {
        index.removeAll(member);
    }

    void deliver(Message message, Audience audience) {
        Delivery delivery = audience.delivery();
        index.forEach(audience, entry -> {
            entry.member.deliver(message, delivery);
            if (!entry.isUnflushed) {
                entry.isUnflushed = true;
                unflushed.add(entry);
            }
        });
        if (!flushing && !unflushed.isEmpty()) {
            flushing = true;
            loop.mailbox().atEndOfTurn(flush);
        }
    }

    /** The action is called after the walk, and may change what it likes. */
    int visit(Audience audience, Consumer<Member> action) {
        List<Member> met = members(audience);
        met.removeIf(member -> !member.isReachable());
        met.forEach(action);
        return met.size();
    }

    Set<String> ids(Audience audience) {
        Set<String> ids = new HashSet<>();
        index.forEach(audience, entry -> {
            if (entry.member.isReachable()) {
                ids.add(entry.member.id());
            }
        });
        return ids;
    }

    Set<String> names() {
        return Set.copyOf(index.rooms());
    }

    /** How many members there are. */
    int size() {
        return index.size();
    }

    void close() {
        closed = true;
        members(Audience.everybody()).forEach(index::removeAll);
    }

    private List<Member> members(Audience audience) {
        List<Member> met = new ArrayList<>();
        index.forEach(audience, entry -> met.add(entry.member));
        return met;
    }

    private void flush() {
        flushing = false;
        for (Entry entry = next(); entry != null; entry = next()) {
            entry.isUnflushed = false;
            entry.member.flush();
        }
    }

    private @Nullable Entry next() {
        return unflushed.poll();
    }
}
