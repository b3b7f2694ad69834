package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A way down that has room for so many messages, and remembers what it has sent. */
final class RecordedTransport implements Transport {
    private final List<Message> written = new ArrayList<>();
    private final List<Message> sent = new ArrayList<>();
    private final boolean isSpentByFlush;
    private final boolean takesBursts;
    private int room;
    private int flushes;

    private RecordedTransport(int room, boolean isSpentByFlush, boolean takesBursts) {
        this.takesBursts = takesBursts;
        this.room = room;
        this.isSpentByFlush = isSpentByFlush;
    }

    static RecordedTransport withRoomFor(int messages) {
        return new RecordedTransport(messages, false, false);
    }

    /** One that a flush ends, as it does a poll. */
    static RecordedTransport poll(int maxMessages) {
        return new RecordedTransport(maxMessages, true, false);
    }

    /** One that sends bursts at once, when nothing was written. */
    static RecordedTransport sharing(int messages) {
        return new RecordedTransport(messages, false, true);
    }

    @Override
    public TransportType type() {
        return isSpentByFlush ? TransportType.LONG_POLLING : TransportType.EVENT_SOURCE;
    }

    @Override
    public boolean isWritable() {
        return room > 0;
    }

    @Override
    public void write(Message message) {
        assert room > 0 : "written to without being writable";
        room--;
        written.add(message);
    }

    @Override
    public boolean offer(Burst burst) {
        if (!takesBursts || !written.isEmpty() || room < burst.messages().size()) {
            return false;
        }
        room -= burst.messages().size();
        sent.addAll(burst.messages());
        return true;
    }

    @Override
    public void flush() {
        assert !written.isEmpty() : "flushed without having been written to";
        flushes++;
        sent.addAll(written);
        written.clear();
        room = isSpentByFlush ? 0 : room;
    }

    @Override
    public void close(CloseReason reason) {
        room = 0;
    }

    void room(int messages) {
        room = messages;
    }

    int flushes() {
        return flushes;
    }

    List<Message> sent() {
        return sent;
    }

    /** What was sent, each message as its number, or its text where it has none, with the gap before it. */
    List<String> told() {
        return sent.stream().map(RecordedTransport::tell).toList();
    }

    private static String tell(Message message) {
        String gap = message.gap()
                .map(missing -> "(" + number(missing.after()) + ".." + number(missing.before()) + ")")
                .orElse("");
        return gap
                + message.cursor()
                        .map(RecordedTransport::number)
                        .orElseGet(() -> message.payload().orElseThrow().text());
    }

    private static String number(@Nullable Cursor cursor) {
        return cursor == null ? "?" : String.valueOf(cursor.number());
    }
}
