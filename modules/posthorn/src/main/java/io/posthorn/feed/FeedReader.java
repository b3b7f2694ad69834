package io.posthorn.feed;

import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Burst;
import io.posthorn.transport.CloseReason;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Gap;
import io.posthorn.transport.Message;
import io.posthorn.transport.Outbox;
import io.posthorn.transport.Sequencer;
import io.posthorn.transport.Transport;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One reader of a feed: where it is in the sequence, and the transport that it has. It lives on its connection's loop, from
 * a request to the end of its transport.
 *
 * <pre>
 *   CATCHING_UP ── nothing newer in the log ──► LIVE        CATCHING_UP reads the log as fast as its transport takes it,
 *        ├────────── close ──► ENDING ◄──────────┤          and owns nothing that waits; LIVE gets what its loop delivers;
 *        └───────── onClosed ──► CLOSED ◄────────┘          ENDING wants nothing more
 * </pre>
 */
@OnLoop
final class FeedReader implements Transport.Listener, Outbox.Listener {
    /** So many messages are taken out of the log at a time. */
    private static final int REPLAY = 64;

    private final LiveFeed feed;
    private final Audience audience;
    private final Loop loop;
    private final Outbox outbox;
    private final Options options;
    private @Nullable Transport transport;
    private @Nullable Cursor position;
    private State state = State.CATCHING_UP;
    private boolean joined;
    private boolean overflowed;
    private int place;

    private enum State {
        CATCHING_UP,
        LIVE,
        ENDING,
        CLOSED
    }

    /**
     * How a reader is told things.
     *
     * @param announces whether it is told where it begins
     * @param tellsPosition whether its transport has words for a message that is only a position
     * @param tellsGaps whether it has words for gaps
     */
    record Options(boolean announces, boolean tellsPosition, boolean tellsGaps) {}

    /** A reader on a loop, which counts as one from now until its transport has closed. */
    FeedReader(LiveFeed feed, Loop loop, Options options) {
        this.feed = feed;
        this.loop = loop;
        this.audience = feed.audience(loop);
        this.options = options;
        this.outbox =
                new Outbox(feed.options().limits().queueBytes(), feed.options().overflow(), this);
    }

    /** Begins behind a cursor; null where the reader has one that was never a cursor. */
    void resume(Transport way, @Nullable Cursor cursor) {
        attach(way);
        position = cursor;
        outbox.position(cursor);
        catchUp();
    }

    /** Begins after now, and says where that is. */
    void begin(Transport way) {
        attach(way);
        position = feed.sequencer().position();
        outbox.position(position);
        if (options.announces) {
            outbox.offer(Message.position(position, null));
        }
        catchUp();
    }

    /** Is given the latest message, if there is one, and nothing else. */
    void take(Transport way) {
        attach(way);
        position = feed.sequencer().position(); // first: what is published meanwhile comes behind it
        feed.sequencer().latest().ifPresent(outbox::offer);
        outbox.flush();
    }

    /** Where it is: behind the last message that it was given. */
    Cursor position() {
        Cursor known = position;
        return known == null ? feed.sequencer().position() : known;
    }

    /** Takes what its loop has got; borrowed. */
    void deliver(Burst burst) {
        if (state != State.LIVE) {
            return; // it finds them in the log
        }
        List<Message> messages = burst.messages();
        if (number(messages.get(0)) > position().number() && outbox.offer(burst)) {
            position = messages.get(messages.size() - 1).cursor().orElse(position);
            return;
        }
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            Cursor cursor = message.cursor().orElseThrow();
            if (cursor.number() > position().number() && makeRoom()) {
                position = cursor;
                outbox.offer(message);
            }
        }
        outbox.flush();
    }

    private static long number(Message message) {
        return message.cursor().orElseThrow().number();
    }

    /** Lets its transport end. What waits is forgotten now: the last words may take their time. */
    void close(CloseReason reason) {
        if (transport != null && (state == State.CATCHING_UP || state == State.LIVE)) {
            state = State.ENDING;
            outbox.clear();
            transport.close(reason);
        }
    }

    int place() {
        return place;
    }

    void place(int index) {
        place = index;
    }

    @Override
    public void onWritable() {
        outbox.onWritable();
        if (state == State.CATCHING_UP) {
            catchUp();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        outbox.clear();
        if (joined) {
            audience.remove(this);
        }
        if (transport != null) {
            feed.left(transport.type(), reason);
        }
    }

    @Override
    public void onDropped(int messages) {
        feed.counters().dropped.add(messages);
    }

    @Override
    public void onGap() {
        (options.tellsGaps ? feed.counters().gaps : feed.counters().untoldGaps).increment();
    }

    @Override
    public void onOverflow() {
        if (!overflowed) {
            overflowed = true;
            // Not now: this may be in the walk over all readers.
            loop.mailbox().atEndOfTurn(() -> close(CloseReason.TOO_SLOW));
        }
    }

    private void attach(Transport way) {
        transport = way;
        feed.counters().opened(way.type());
        outbox.attach(way);
    }

    /** Once without the audience, which most polls never need, and, where that was not the end, once more as its member. */
    private void catchUp() {
        boolean upToDate = replay();
        if (state == State.CATCHING_UP && !joined) {
            joined = true;
            audience.add(this);
            if (feed.hasEnded()) {
                // Whoever ended it may have looked before this reader was here.
                loop.mailbox().atEndOfTurn(() -> close(feed.endReason()));
            }
            upToDate = upToDate && replay();
        }
        if (upToDate) {
            state = State.LIVE;
        }
    }

    /** Reads the log to its end; false where the transport has no room for more, or has ended. */
    private boolean replay() {
        while (state == State.CATCHING_UP && hasRoom()) {
            Sequencer.Slice slice = feed.sequencer().after(position, REPLAY);
            tell(slice);
            for (Message message : slice.messages()) {
                if (!outbox.isWritable()) {
                    break;
                }
                position = message.cursor().orElse(position);
                outbox.offer(message);
            }
            if (slice.messages().isEmpty()) {
                position = slice.position();
                outbox.flush();
                return state == State.CATCHING_UP;
            }
        }
        return false;
    }

    private boolean hasRoom() {
        if (!outbox.isWritable()) {
            outbox.flush();
        }
        return state == State.CATCHING_UP && outbox.isWritable();
    }

    /** In a long burst what was written leaves before more waits; false where that was the end of a poll. */
    private boolean makeRoom() {
        if (!outbox.isWritable()) {
            outbox.flush();
        }
        return state == State.LIVE;
    }

    /** A gap is told with the message behind it; where that is still to come, at once if there are words for it. */
    private void tell(Sequencer.Slice slice) {
        Gap gap = slice.gap();
        if (gap == null) {
            return;
        }
        if (slice.messages().isEmpty() && options.tellsPosition) {
            outbox.offer(Message.position(slice.position(), gap));
            onGap();
        } else {
            outbox.missing(gap.after());
        }
    }
}
