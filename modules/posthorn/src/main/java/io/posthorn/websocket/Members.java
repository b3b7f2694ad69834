package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
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

    private final Broadcasts broadcasts;
    private final AtomicInteger groupSize;
    private final Map<WebSocketConnection, Integer> places = new HashMap<>();
    private final List<PreparedMessage> waiting = new ArrayList<>();
    private int waitingBytes;
    private @Nullable WebSocketConnection[] members = new WebSocketConnection[8];
    private int size;

    Members(Broadcasts broadcasts, AtomicInteger groupSize) {
        this.broadcasts = broadcasts;
        this.groupSize = groupSize;
    }

    /** Adds a member, which gets what is sent from now on. */
    void add(WebSocketConnection member) {
        broadcasts.deliver();
        if (member.isGone() || places.putIfAbsent(member, size) != null) {
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
        waiting.add(message);
        waitingBytes += message.size();
        if (waiting.size() == 1) {
            broadcasts.add(this);
        }
        if (waitingBytes >= MAX_BATCH) {
            broadcasts.deliver(); // a burst is as large as its sender likes: nobody's limit is passed by it
        }
    }

    /** Sends what waits. Who is too slow is dealt with after the walk, which must not change under itself. */
    void deliver() {
        int messages = waiting.size();
        ByteBuf frames = encode();
        List<WebSocketConnection> overfull = new ArrayList<>(0);
        try {
            for (int i = 0; i < size; i++) {
                WebSocketConnection member = members[i];
                if (member == null || !member.takesBroadcasts()) {
                    continue;
                }
                if (member.isOverfull()) {
                    overfull.add(member);
                } else {
                    member.sendShared(frames, messages);
                }
            }
        } finally {
            frames.release();
        }
        overfull.forEach(WebSocketConnection::overflow);
    }

    private ByteBuf encode() {
        try {
            ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer(waitingBytes);
            waiting.forEach(message -> message.writeTo(frames));
            return frames;
        } finally {
            // Where there was no memory for it too: a message that is lost may not hold up those that follow.
            waiting.clear();
            waitingBytes = 0;
        }
    }
}
