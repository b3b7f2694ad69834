package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One message, or only a place in the sequence. Immutable, for all threads and readers; what it becomes on the wire is
 * remembered for each {@link Form}.
 */
public final class Message {
    /** Readers choose the name of their callback, say: what the ninth form costs, its readers pay. */
    private static final int MAX_FORMS = 8;

    private static final int MAX_EVENT_NAME = 128;

    private static final Encoded[] NONE = {};

    /** Made once, since every reader asks for it, and the JVM does not do away with what may be either of two objects. */
    private final Optional<Cursor> cursor;

    private final @Nullable String event;
    private final @Nullable Payload payload;
    private final List<Payload> attachments;
    private final @Nullable Gap gap;
    private final boolean isForOne;
    private volatile Encoded[] forms = NONE;

    private record Encoded(Form<?> form, Object wire) {}

    private Message(
            @Nullable Cursor cursor,
            @Nullable String event,
            @Nullable Payload payload,
            List<Payload> attachments,
            @Nullable Gap gap) {
        this.cursor = Optional.ofNullable(cursor);
        this.event = event;
        this.payload = payload;
        this.attachments = attachments;
        this.gap = gap;
        this.isForOne = false;
    }

    private Message(Payload payload, List<Payload> attachments) {
        this.cursor = Optional.empty();
        this.event = null;
        this.payload = payload;
        this.attachments = attachments;
        this.gap = null;
        this.isForOne = true;
    }

    /**
     * A message that is not numbered yet.
     *
     * @param event a name, or null
     * @throws IllegalArgumentException where the name {@linkplain #isEventName is none}
     */
    public static Message of(@Nullable String event, Payload payload) {
        return of(event, payload, List.of());
    }

    /**
     * A message of several parts, which are never parted: nothing gets between them, and none is dropped alone.
     *
     * @param event a name, or null
     * @param attachments what follows the payload at once, in order; the list is copied
     * @throws IllegalArgumentException where the name {@linkplain #isEventName is none}
     */
    public static Message of(@Nullable String event, Payload payload, List<Payload> attachments) {
        if (event != null && !isEventName(event)) {
            throw new IllegalArgumentException(
                    "An event's name has 1 to " + MAX_EVENT_NAME + " characters and no CR, LF or NUL");
        }
        return new Message(null, event, payload, List.copyOf(attachments), null);
    }

    /**
     * A message for one reader: what it becomes on the wire is not worth keeping.
     *
     * @param attachments as with {@link #of(String, Payload, List)}
     */
    public static Message forOne(Payload payload, List<Payload> attachments) {
        return new Message(payload, List.copyOf(attachments));
    }

    /** The same message for any number of readers. */
    public Message forMany() {
        return isForOne ? new Message(null, null, payload, attachments, null) : this;
    }

    /** Whether a text can name an event: 1 to 128 characters, none of them CR, LF or NUL, which would break a stream. */
    public static boolean isEventName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_EVENT_NAME
                && text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    /** Tells a reader where it is, and nothing else. */
    public static Message position(Cursor cursor, @Nullable Gap gap) {
        return new Message(cursor, null, null, List.of(), gap);
    }

    /** Whether it goes to one reader only. */
    boolean isForOne() {
        return isForOne;
    }

    /** What it says, or null: an {@code Optional} for each message and reader would be made in vain. */
    @Nullable
    Payload payloadOrNull() {
        return payload;
    }

    /** Its place in the sequence; nothing for what is not numbered. */
    public Optional<Cursor> cursor() {
        return cursor;
    }

    /** Its event name. */
    public Optional<String> event() {
        return Optional.ofNullable(event);
    }

    /** What it says; nothing where it only tells a position. */
    public Optional<Payload> payload() {
        return Optional.ofNullable(payload);
    }

    /** What follows the payload at once, in order; mostly nothing. */
    public List<Payload> attachments() {
        return attachments;
    }

    /** What is missing before it, for the reader that it is for. */
    public Optional<Gap> gap() {
        return Optional.ofNullable(gap);
    }

    /** What it says, in bytes, attachments included. */
    public int size() {
        int size = payload == null ? 0 : payload.size();
        for (Payload attachment : attachments) {
            size += attachment.size();
        }
        return size;
    }

    /** This message in a form, encoded the first time that anyone wants it. */
    public <F> F as(Form<F> form) {
        F known = find(form);
        return known != null ? known : encode(form);
    }

    /** This message for the one reader that misses what was before. */
    Message withGap(Gap missing) {
        return new Message(cursor.orElse(null), event, payload, attachments, missing);
    }

    Message at(Cursor place) {
        return new Message(place, event, payload, attachments, gap);
    }

    /** One encodes, and who comes meanwhile waits: that is shorter than doing it again. */
    private synchronized <F> F encode(Form<F> form) {
        F known = find(form);
        if (known != null) {
            return known;
        }
        F wire = form.encode(this);
        if (forms.length < MAX_FORMS) {
            Encoded[] more = Arrays.copyOf(forms, forms.length + 1);
            more[forms.length] = new Encoded(form, wire);
            forms = more;
        }
        return wire;
    }

    @SuppressWarnings("unchecked") // A form gives F, and what it gave is kept beside it.
    private <F> @Nullable F find(Form<F> form) {
        for (Encoded encoded : forms) {
            if (encoded.form.equals(form)) {
                return (F) encoded.wire;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return cursor.map(place -> "message " + place).orElse("message");
    }
}
