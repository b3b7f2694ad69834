package io.posthorn.transport;

import io.posthorn.loop.OnLoop;
import io.posthorn.transport.Outbox.Delivery;
import io.posthorn.transport.WebSocketTransport.Frames;
import io.posthorn.websocket.PreparedMessage;
import io.posthorn.websocket.SharedFrames;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages that many readers get, one behind the other, with nothing in between: those of one turn, say. What they are
 * together on the wire is made for the first reader who wants it so, and is the same memory for all of them. A burst lives
 * for one walk over the readers of one loop; who made it closes it behind the walk.
 */
@OnLoop
public final class Burst implements AutoCloseable {
    private final List<Message> messages;
    private final Delivery delivery;
    private final List<Encoded> encoded = new ArrayList<>(1);
    private @Nullable Encoded latest;

    private record Encoded(Frames form, SharedFrames frames) {}

    /**
     * A burst of messages.
     *
     * @param messages in order, at least one; not copied
     * @param delivery how much each of them may suffer
     */
    public Burst(List<Message> messages, Delivery delivery) {
        this.messages = messages;
        this.delivery = delivery;
    }

    /** The messages, in order. */
    public List<Message> messages() {
        return messages;
    }

    /** How much each message may suffer. */
    public Delivery delivery() {
        return delivery;
    }

    /** All messages in a form. */
    SharedFrames as(Frames form) {
        Encoded known = latest;
        if (known == null || !known.form.equals(form)) {
            known = find(form);
            latest = known;
        }
        return known.frames;
    }

    private Encoded find(Frames form) {
        for (Encoded known : encoded) {
            if (known.form.equals(form)) {
                return known;
            }
        }
        List<PreparedMessage> prepared = new ArrayList<>(messages.size());
        messages.forEach(message -> message.as(form).ifPresent(prepared::add));
        Encoded made = new Encoded(form, SharedFrames.of(prepared));
        encoded.add(made);
        return made;
    }

    @Override
    public void close() {
        encoded.forEach(each -> each.frames.close());
        encoded.clear();
        latest = null;
    }
}
