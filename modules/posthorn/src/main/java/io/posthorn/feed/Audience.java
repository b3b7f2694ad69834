package io.posthorn.feed;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Burst;
import io.posthorn.transport.CloseReason;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox.Delivery;
import io.posthorn.transport.Sequencer;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A feed's readers that live on one loop. The messages of one turn are delivered together, at its end: one visit and one
 * flush for each reader. Who leaves meanwhile is dealt with after the walk, which does not change under itself. All methods
 * are the loop's.
 */
@OnLoop
final class Audience implements Sequencer.Subscriber {
    /** With this many bytes of messages due, they are delivered before the end of the turn. */
    private static final int MAX_BURST = 64 * 1024;

    private final Loop loop;
    private final Sequencer sequencer;
    private final FeedCounters counters;
    private final Runnable deliver = this::deliver;
    private final List<Message> due = new ArrayList<>();
    private final List<FeedReader> leaving = new ArrayList<>(0);
    private @Nullable FeedReader[] readers = new FeedReader[4];
    private int dueBytes;
    private int size;
    private boolean walking;

    Audience(Loop loop, Sequencer sequencer, FeedCounters counters) {
        this.loop = loop;
        this.sequencer = sequencer;
        this.counters = counters;
    }

    Loop loop() {
        return loop;
    }

    int size() {
        return size;
    }

    /** Adds a reader, for what is published from now on. */
    void add(FeedReader reader) {
        assert loop.inLoop();
        if (size == 0) {
            sequencer.subscribe(loop, this);
        }
        if (size == readers.length) {
            readers = Arrays.copyOf(readers, size * 2);
        }
        reader.place(size);
        readers[size++] = reader;
    }

    /** Takes a reader out. */
    void remove(FeedReader reader) {
        assert loop.inLoop();
        if (walking) {
            leaving.add(reader);
            return;
        }
        FeedReader last = readers[--size];
        readers[size] = null;
        if (last != null && last != reader) {
            readers[reader.place()] = last;
            last.place(reader.place());
        }
        if (size == 0) {
            sequencer.unsubscribe(this);
            readers = new FeedReader[4];
        }
    }

    /** Ends all readers, which still get what was published before. */
    void close(CloseReason reason) {
        deliver();
        for (FeedReader reader : readers.clone()) {
            if (reader != null) {
                reader.close(reason);
            }
        }
    }

    @Override
    public void onMessage(Message message) {
        due.add(message);
        dueBytes += message.size();
        if (due.size() == 1) {
            loop.mailbox().atEndOfTurn(deliver);
        }
        if (dueBytes >= MAX_BURST) {
            deliver(); // nobody has to hold more of a burst than that
        }
    }

    private void deliver() {
        if (due.isEmpty()) {
            return;
        }
        walking = true;
        try (Burst burst = new Burst(due, Delivery.DROPPABLE)) {
            for (int i = 0; i < size; i++) {
                FeedReader reader = readers[i];
                if (reader != null) {
                    reader.deliver(burst);
                }
            }
            counters.delivered.add((long) size * due.size());
        } finally {
            due.clear();
            dueBytes = 0;
            walking = false;
        }
        leaving.forEach(this::remove);
        leaving.clear();
    }
}
