package io.posthorn.transport;

import io.posthorn.loop.Loop;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives messages their one order: under one short lock a message is numbered, put into the log, and left in the mailbox of
 * each loop that wants it, so that all loops see the same sequence. Safe for all threads.
 *
 * <p>A new reader subscribes its loop first, then takes the log {@linkplain #after after} its cursor up to some number, and
 * ignores what its loop delivers up to that number: nothing is missed and nothing comes twice.
 */
public final class Sequencer {
    private final Cursor epoch = Cursor.ofNewEpoch();
    private final MessageLog log;
    private List<Subscription> subscriptions = List.of();

    /** What a loop does with each message; called on the loop, in the order of the numbers. */
    @FunctionalInterface
    public interface Subscriber {
        /** A message was published. */
        void onMessage(Message message);
    }

    /**
     * What follows a cursor.
     *
     * @param messages in order; fewer than there are where that was asked for
     * @param gap what is missing before the first of them, or before what is still to come; null where nothing is
     * @param position behind the last of the messages
     */
    public record Slice(List<Message> messages, @Nullable Gap gap, Cursor position) {}

    private record Subscription(Loop loop, Subscriber subscriber) {}

    /**
     * A sequence that begins now, in an epoch of its own.
     *
     * @param maxMessages what the log keeps at most
     * @param maxBytes what it keeps at most, in bytes of payload and 64 for each message; the newest is always kept
     */
    public Sequencer(int maxMessages, long maxBytes) {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("A log keeps at least one message, not " + maxMessages);
        }
        this.log = new MessageLog(maxMessages, maxBytes);
    }

    /** Numbers a message and sends it on its way. */
    public synchronized Message publish(Message message) {
        Message numbered = message.at(epoch.at(log.last() + 1));
        log.append(numbered);
        for (Subscription subscription : subscriptions) {
            // Not inline, even on that loop: nobody's code runs under this lock.
            subscription.loop.mailbox().post(() -> subscription.subscriber.onMessage(numbered));
        }
        return numbered;
    }

    /** Lets a loop have what is published from now on. */
    public synchronized void subscribe(Loop loop, Subscriber subscriber) {
        List<Subscription> more = new ArrayList<>(subscriptions);
        more.add(new Subscription(loop, subscriber));
        subscriptions = more;
    }

    /** Ends a subscription; what is in the loop's mailbox already still comes. */
    public synchronized void unsubscribe(Subscriber subscriber) {
        subscriptions = subscriptions.stream()
                .filter(subscription -> subscription.subscriber != subscriber)
                .toList();
    }

    /** Where the sequence stands: behind the newest message. */
    public synchronized Cursor position() {
        return epoch.at(log.last());
    }

    /** The newest message. */
    public synchronized Optional<Message> latest() {
        return log.last() == 0 ? Optional.empty() : Optional.of(log.get(log.last()));
    }

    /**
     * What follows a cursor.
     *
     * @param cursor null where the reader has one that was never a cursor
     * @param maxMessages how many are wanted at most
     */
    public synchronized Slice after(@Nullable Cursor cursor, int maxMessages) {
        long next = log.first();
        Gap gap = null;
        if (cursor != null && isKnown(cursor)) {
            next = cursor.number() + 1;
        } else {
            gap = new Gap(cursor, epoch.at(next));
        }
        List<Message> messages = new ArrayList<>((int) Math.min(maxMessages, log.last() - next + 1));
        while (next <= log.last() && messages.size() < maxMessages) {
            messages.add(log.get(next++));
        }
        return new Slice(messages, gap, epoch.at(next - 1));
    }

    /** Whether everything behind a cursor is still there. */
    private boolean isKnown(Cursor cursor) {
        return cursor.epoch().equals(epoch.epoch())
                && cursor.number() >= log.first() - 1
                && cursor.number() <= log.last();
    }
}
