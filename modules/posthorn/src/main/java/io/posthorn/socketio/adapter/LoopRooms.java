package io.posthorn.socketio.adapter;

import io.posthorn.loop.Broadcasts;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Burst;
import io.posthorn.transport.Message;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an adapter does on one loop: changes the index, and walks over it. What comes for the same audience, and nothing in
 * between, is delivered together at the end of the turn, in one walk in which each member that can sends all of it at once.
 * What the others take, and what had to be delivered before, is flushed behind that.
 */
@OnLoop
final class LoopRooms {
    /** With this many bytes of messages waiting, they are delivered before the end of the turn. */
    private static final int MAX_BATCH = 64 * 1024;

    private final Loop loop;
    private final Broadcasts broadcasts;
    private final RoomIndex index = new RoomIndex();
    private final ArrayDeque<Entry> unflushed = new ArrayDeque<>(0);
    private final Runnable flush = this::flush;
    private @Nullable Batch batch;
    private boolean flushing;
    private boolean closed;

    LoopRooms(Loop loop) {
        this.loop = loop;
        this.broadcasts = loop.broadcasts();
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
        broadcasts.deliver();
        if (!closed && !member.isGone()) {
            index.add(member, rooms);
        }
    }

    void remove(Member member, Set<String> rooms) {
        broadcasts.deliver();
        index.remove(member, rooms);
    }

    void removeAll(Member member) {
        broadcasts.deliver();
        index.removeAll(member);
    }

    /** Takes a message for an audience. */
    void offer(Message message, Audience audience) {
        Batch current = batch;
        if (current == null || !broadcasts.isNewest(current) || !current.audience.equals(audience)) {
            current = new Batch(audience);
            batch = current;
            broadcasts.add(current);
        }
        current.messages.add(message);
        current.bytes += message.size();
        if (current.bytes >= MAX_BATCH) {
            broadcasts.deliver();
        }
    }

    /** The action is called after the walk, and may change what it likes. */
    int visit(Audience audience, Consumer<Member> action) {
        broadcasts.deliver();
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
        broadcasts.deliver();
        closed = true;
        members(Audience.everybody()).forEach(index::removeAll);
    }

    private List<Member> members(Audience audience) {
        List<Member> met = new ArrayList<>();
        index.forEach(audience, entry -> met.add(entry.member));
        return met;
    }

    private void deliver(Entry entry, Burst burst) {
        for (Message message : burst.messages()) {
            entry.member.deliver(message, burst.delivery());
        }
        if (!entry.isUnflushed) {
            entry.isUnflushed = true;
            unflushed.add(entry);
        }
    }

    private void flushLater() {
        if (!flushing && !unflushed.isEmpty()) {
            flushing = true;
            loop.mailbox().atEndOfTurn(flush);
        }
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

    /** Messages for one audience, and nothing in between. */
    private final class Batch implements Broadcasts.Broadcast {
        private final Audience audience;
        private final List<Message> messages = new ArrayList<>(4);
        private long bytes;

        Batch(Audience audience) {
            this.audience = audience;
        }

        @Override
        public void deliver(boolean isLast) {
            batch = null;
            try (Burst burst = new Burst(messages, audience.delivery())) {
                index.forEach(audience, entry -> {
                    if (!isLast || !entry.member.offer(burst)) {
                        LoopRooms.this.deliver(entry, burst);
                    }
                });
            }
            flushLater();
        }
    }
}
