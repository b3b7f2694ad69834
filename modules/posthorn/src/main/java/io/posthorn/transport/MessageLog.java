package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

/**
 * The latest messages of a sequence, in a ring. Bounded in number and in bytes, but for the newest, which is always kept.
 * Its {@link Sequencer} guards it.
 *
 * <pre>
 *   first           last
 *     [ 41  42  43  44 ]      44 is in slot 44 % capacity
 * </pre>
 */
final class MessageLog {
    private final int maxMessages;
    private final long maxBytes;
    private @Nullable Message[] ring = new Message[8];
    private long last;
    private int size;
    private long bytes;

    MessageLog(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** The number of the newest message, 0 before there is one. */
    long last() {
        return last;
    }

    /** The number of the oldest message that is there; of the next to come where none is. */
    long first() {
        return last - size + 1;
    }

    /** Adds the message whose number follows. */
    void append(Message message) {
        if (size == maxMessages) {
            evict();
        }
        if (size == ring.length) {
            grow();
        }
        last++;
        size++;
        ring[slot(last)] = message;
        bytes += cost(message);
        while (bytes > maxBytes && size > 1) {
            evict();
        }
    }

    /** The message of a number that is there. */
    Message get(long number) {
        Message message = number < first() || number > last ? null : ring[slot(number)];
        if (message == null) {
            throw new IllegalArgumentException("message " + number + " is not in the log");
        }
        return message;
    }

    private void evict() {
        int oldest = slot(first());
        Message message = ring[oldest];
        ring[oldest] = null;
        size--;
        if (message != null) {
            bytes -= cost(message);
        }
    }

    private void grow() {
        @Nullable Message[] larger = new Message[Math.min(maxMessages, ring.length * 2)];
        for (long number = first(); number <= last; number++) {
            larger[(int) (number % larger.length)] = ring[slot(number)];
        }
        ring = larger;
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    private static long cost(Message message) {
        return message.size() + (long) Outbox.OVERHEAD;
    }
}
