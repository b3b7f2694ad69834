package io.posthorn.transport;

import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/**
 * What waits for one reader, in front of the transport that it has just now. Its unit is a whole message: nothing is ever
 * sent in part, and nothing is overtaken. It lives on its reader's home loop.
 *
 * <p>What the transport has room for goes straight through. The rest waits, up to a number of bytes; beyond that the {@link
 * Overflow} policy drops messages that may be dropped, and the next one that leaves tells the gap. The transport can be
 * exchanged at any time by {@link #attach}: what waits leaves by the new one.
 *
 * <pre>
 *   offer ──► [ oldest ... newest ] ──► transport    while it is writable
 *                 └─ dropped ─► gap                  attach: another takes its place between two messages
 * </pre>
 */
@OnLoop
public final class Outbox {
    /** What a message counts beside its payload, in bytes: an empty one is not free. */
    static final int OVERHEAD = 64;

    private final int maxBytes;
    private final Overflow policy;
    private final Listener listener;
    /** Made when something has to wait: whoever keeps up needs none. */
    private @Nullable ArrayDeque<Waiting> queue;

    private @Nullable Transport transport;
    private boolean unflushed;
    private boolean isOpenToBursts = true;
    private long bytes;
    private @Nullable Cursor last;
    private @Nullable Missing missing;

    /** How much a message may suffer. */
    public enum Delivery {
        /** It is never dropped. */
        CERTAIN,
        /** It is dropped where the policy says so. */
        DROPPABLE,
        /** It is dropped unless it can leave at once. Nobody misses it: no gap is told. */
        VOLATILE
    }

    /** What is told of an outbox; on the loop, while something is offered to it. */
    public interface Listener {
        /** So many messages were dropped. */
        void onDropped(int messages);

        /** A message leaves that tells a gap. */
        void onGap();

        /** More waits than may, and the policy is not to drop it, or nothing of it may be dropped. */
        void onOverflow();
    }

    /** Messages that a reader has not got, and behind which they were, where that is known. */
    private record Missing(@Nullable Cursor after) {}

    private static final class Waiting {
        private final Message message;
        private final Delivery delivery;
        private @Nullable Missing before;

        Waiting(Message message, Delivery delivery) {
            this.message = message;
            this.delivery = delivery;
        }

        long cost() {
            return message.size() + (long) OVERHEAD;
        }
    }

    /**
     * An outbox without a transport yet.
     *
     * @param maxBytes what may wait, in bytes of payload and {@value #OVERHEAD} for each message
     */
    public Outbox(int maxBytes, Overflow policy, Listener listener) {
        this.maxBytes = maxBytes;
        this.policy = policy;
        this.listener = listener;
    }

    /**
     * Exchanges the transport. What the old one was given is sent by it; whatever comes after leaves by the new one. The old
     * one is the caller's to close.
     */
    public void attach(Transport next) {
        flush();
        transport = next;
        drain();
    }

    /** Takes the transport away: everything waits until another is attached. */
    public void detach() {
        flush();
        transport = null;
    }

    /** Says where the reader is before its first message, so that a gap can be told from there. */
    public void position(@Nullable Cursor cursor) {
        last = cursor;
    }

    /** Messages are missing that never came here: the next one that leaves tells it. */
    public void missing(@Nullable Cursor after) {
        if (missing == null) {
            missing = new Missing(after);
        }
    }

    /** Takes a message that may be dropped. */
    public void offer(Message message) {
        offer(message, Delivery.DROPPABLE);
    }

    /** Takes a message. It leaves with the next {@link #flush}, or when the transport has room. */
    public void offer(Message message, Delivery delivery) {
        Transport current = transport;
        if (isEmpty() && current != null && current.isWritable()) {
            write(current, message);
        } else if (delivery == Delivery.VOLATILE) {
            listener.onDropped(1);
        } else {
            enqueue(new Waiting(message, delivery));
        }
    }

    /**
     * Takes the messages of a burst and sends them at once, where nothing waits before them and the transport can do so.
     *
     * @return false where nothing was done, and each message is to be offered
     */
    public boolean offer(Burst burst) {
        Transport current = transport;
        if (!isOpenToBursts || current == null || bytes > 0 || missing != null || !current.offer(burst)) {
            return false;
        }
        List<Message> messages = burst.messages();
        last = messages.get(messages.size() - 1).cursor().orElse(last);
        return true;
    }

    /** Sends what the transport was given, and what it has room for then. */
    public void flush() {
        while (unflushed && transport != null) {
            unflushed = false;
            transport.flush();
            drain();
        }
    }

    /** The transport has room, or a poll has arrived: what waits leaves. */
    public void onWritable() {
        drain();
        flush();
    }

    /** Whether bursts may be sent at once, as they may in the beginning. */
    public void openToBursts(boolean isOpen) {
        isOpenToBursts = isOpen;
    }

    /** Forgets what waits. */
    public void clear() {
        if (queue != null) {
            queue.clear();
        }
        bytes = 0;
    }

    /** Whether nothing waits and the transport wants more. */
    public boolean isWritable() {
        return isEmpty() && transport != null && transport.isWritable();
    }

    /** What waits, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** How many messages wait. */
    public int size() {
        return queue == null ? 0 : queue.size();
    }

    private boolean isEmpty() {
        return queue == null || queue.isEmpty();
    }

    private void drain() {
        Transport current = transport;
        ArrayDeque<Waiting> waiting = queue;
        if (current == null || waiting == null) {
            return;
        }
        while (!waiting.isEmpty() && current.isWritable()) {
            Waiting next = waiting.remove();
            bytes -= next.cost();
            if (next.before != null) {
                missing(next.before.after);
            }
            write(current, next.message);
        }
    }

    private void write(Transport current, Message message) {
        unflushed = true;
        Cursor cursor = message.cursor().orElse(null);
        if (cursor == null) {
            current.write(message);
            return;
        }
        last = cursor;
        Missing untold = missing;
        missing = null;
        if (untold == null) {
            current.write(message);
            return;
        }
        listener.onGap();
        current.write(message.withGap(new Gap(untold.after, cursor)));
    }

    private void enqueue(Waiting waiting) {
        ArrayDeque<Waiting> all = queue == null ? new ArrayDeque<>(2) : queue;
        queue = all;
        all.add(waiting);
        bytes += waiting.cost();
        if (bytes <= maxBytes) {
            return;
        }
        if (policy != Overflow.DISCONNECT) {
            makeRoom(all, policy == Overflow.LATEST_ONLY ? 0 : maxBytes);
        }
        if (bytes > maxBytes && all.size() > 1) {
            listener.onOverflow();
        }
    }

    /** Drops from the oldest on, but not the newest: a single message always fits. What stays behind it tells the gap. */
    private void makeRoom(ArrayDeque<Waiting> all, long allowed) {
        int dropped = 0;
        int left = all.size();
        Cursor previous = last;
        Missing lost = null;
        for (Iterator<Waiting> oldest = all.iterator(); oldest.hasNext(); left--) {
            Waiting waiting = oldest.next();
            if (left > 1 && bytes > allowed && waiting.delivery == Delivery.DROPPABLE) {
                oldest.remove();
                bytes -= waiting.cost();
                dropped++;
                lost = lost != null ? lost : missing(waiting, previous);
                continue;
            }
            waiting.before = lost != null ? lost : waiting.before;
            lost = null;
            if (bytes <= allowed) {
                break;
            }
            previous = waiting.message.cursor().orElse(previous);
        }
        if (dropped > 0) {
            listener.onDropped(dropped);
        }
    }

    /** What is missing where a message is dropped: also what it would have told itself. */
    private static @Nullable Missing missing(Waiting dropped, @Nullable Cursor previous) {
        if (dropped.before != null || dropped.message.cursor().isEmpty()) {
            return dropped.before;
        }
        return new Missing(dropped.message.gap().map(Gap::after).orElse(previous));
    }
}
