package io.posthorn.socketio.protocol;

import io.posthorn.json.JsonElements;
import io.posthorn.json.JsonElements.Kind;
import io.posthorn.json.JsonException;
import io.posthorn.json.TypeRef;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Type;
import java.util.List;

/**
 * What a packet carries: the arguments of an event, without its name, or of an acknowledgement; the one value of a CONNECT
 * or CONNECT_ERROR; or nothing. It was checked whole when it came in; each value is bound from the bytes when it is asked
 * for, where attachments are read as {@code byte[]} or {@code ByteBuffer}, copies, at any depth. Immutable, for all threads.
 */
public final class PacketData {
    static final PacketData NONE = new PacketData(null, JsonElements.NONE, 0);

    private final @Nullable String eventName;
    private final JsonElements elements;

    /** What the wire counts, beyond the JSON of the elements. */
    private final int wireSize;

    private PacketData(@Nullable String eventName, JsonElements elements, int wireSize) {
        this.eventName = eventName;
        this.elements = elements;
        this.wireSize = wireSize;
    }

    /** Arguments, or a value by itself. */
    static PacketData of(JsonElements elements, int wireSize) {
        return new PacketData(null, elements, wireSize);
    }

    /** An event's, whose name is the first element. */
    static PacketData ofEvent(String name, JsonElements elements, int wireSize) {
        return new PacketData(name, elements, wireSize);
    }

    PacketData attach(List<byte[]> attachments) {
        int size = wireSize;
        for (byte[] attachment : attachments) {
            size += attachment.length;
        }
        return new PacketData(eventName, elements.attach(attachments), size);
    }

    private int element(int i) {
        // The name is not an argument; and what is negative stays so, however many are to be skipped.
        return eventName == null || i < 0 ? i : i + 1;
    }

    /**
     * The event's name; that of an event that is named by a number is the number as it was sent.
     *
     * @throws IllegalStateException if this is not an event's
     */
    public String eventName() {
        if (eventName == null) {
            throw new IllegalStateException("only an event has a name");
        }
        return eventName;
    }

    /** How many arguments there are. */
    public int size() {
        return elements.size() - (eventName == null ? 0 : 1);
    }

    /** How many bytes the whole packet has, attachments included. */
    public int wireSize() {
        return wireSize;
    }

    /** The attachments, in their order; not copies, and not to be changed. */
    public List<byte[]> attachments() {
        return elements.attachments();
    }

    /**
     * What an argument is; an attachment is an object.
     *
     * @throws JsonException if there is no such argument
     */
    public Kind kind(int i) {
        return elements.kind(element(i));
    }

    /** Whether an argument is {@code null}, or there is none. */
    public boolean isNull(int i) {
        return elements.isNull(element(i));
    }

    /**
     * An argument that is a string.
     *
     * @throws JsonException if it is something else, or there is none
     */
    public String text(int i) {
        return elements.text(element(i));
    }

    /**
     * An argument that is binary.
     *
     * @return a copy
     * @throws JsonException if it is something else, or there is none
     */
    public byte[] binary(int i) {
        return elements.binary(element(i));
    }

    /**
     * The JSON of an argument, with placeholders where attachments belong.
     *
     * @throws JsonException if there is no such argument
     */
    public String json(int i) {
        return elements.json(element(i));
    }

    /**
     * An argument as a value of a class, such as a record.
     *
     * @return {@code null} if the JSON is {@code null}
     * @throws JsonException if it is not such a value, or there is none
     * @throws IllegalArgumentException if no value of this type can be read, whatever the JSON
     */
    public <T> @Nullable T read(int i, Class<T> type) {
        return elements.read(element(i), type);
    }

    /** An argument as a value of a type that is generic; otherwise as {@link #read(int, Class)}. */
    public <T> @Nullable T read(int i, TypeRef<T> type) {
        return elements.read(element(i), type);
    }

    /** An argument as a value of any type, which is the caller's to know; otherwise as {@link #read(int, Class)}. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T read(int i, Type type) {
        return elements.read(element(i), type);
    }
}
