package io.posthorn.websocket;

import io.posthorn.loop.Broadcasts;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The members of one group that live on one loop, and the messages of this turn that they are to get. A delivery puts
 * the frames into one buffer and walks over a flat array: one visit and one send for each member, however many messages.
 */
@OnLoop
final class Members {
    /** With this many bytes of messages waiting, they are delivered before the end of the turn. */
    private static final int MAX_BATCH = 64 * 1024;

    private final Loop loop;
    private final Broadcasts broadcasts;
    private final AtomicInteger groupSize;
    private final Map<WebSocketConnection, Integer> places = new HashMap<>();
    private @Nullable WebSocketConnection[] members = new WebSocketConnection[8];
    private @Nullable Batch batch;
    private int size;

    Members(Loop loop, AtomicInteger groupSize) {
        this.loop = loop;
        this.broadcasts = loop.broadcasts();
        this.groupSize = groupSize;
    }

    /** Adds a member, which gets what is sent from now on. */
    void add(WebSocketConnection member) {
        broadcasts.deliver();
        if (!member.isOpen() || places.putIfAbsent(member, size) != null) {
            return;
        }
        if (size == members.length) {
            members = Arrays.copyOf(members, size * 2);
        }
        members[size++] = member;
        member.joined(this);
        groupSize.incrementAndGet();
    }

    /** Takes a member out, which still gets what was sent before. */
    void remove(WebSocketConnection member) {
        broadcasts.deliver();
        Integer place = places.remove(member);
        if (place == null) {
            return;
        }
        WebSocketConnection last = members[--size];
        members[size] = null;
        if (last != null && last != member) {
            members[place] = last;
            places.put(last, place);
        }
        member.left(this);
        groupSize.decrementAndGet();
    }

    /** Takes a message for all members. */
    void offer(PreparedMessage message) {
        Batch current = batch;
        if (current == null || !broadcasts.isNewest(current)) {
            current = new Batch();
            batch = current;
            broadcasts.add(current);
        }
        current.messages.add(message);
        current.bytes += message.size();
        if (current.bytes >= MAX_BATCH) {
            broadcasts.deliver(); // a burst is as large as its sender likes: nobody's limit is passed by it
        }
    }

    /** Messages that all members get, and nothing in between. */
    private final class Batch implements Broadcasts.Broadcast {
        private final List<PreparedMessage> messages = new ArrayList<>(4);
        private int bytes;

        @Override
        public void deliver(boolean isLast) {
            batch = null;
            List<WebSocketConnection> overfull = new ArrayList<>(0);
            try (SharedFrames frames = SharedFrames.of(messages)) {
                for (int i = 0; i < size; i++) {
                    WebSocketConnection member = members[i];
                    if (member == null || !member.isOpen()) {
                        continue;
                    }
                    if (member.isOverfull()) {
                        overfull.add(member);
                    } else if (isLast) {
                        member.send(frames);
                    } else {
                        member.write(frames);
                    }
                }
            }
            if (!overfull.isEmpty()) {
                // Not now: the walk must not change under itself, nor what waits be overtaken.
                loop.mailbox().atEndOfTurn(() -> overfull.forEach(WebSocketConnection::overflow));
            }
        }
    }
}
