package io.posthorn.socketio;

import io.posthorn.json.JsonException;
import io.posthorn.json.TypeRef;
import io.posthorn.socketio.protocol.PacketData;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client sent with an event, or with an acknowledgement: values, each bound to its type straight from the bytes when
 * it is asked for. Immutable, for all threads, and may be kept.
 *
 * <p>Types are those of JSON (records, beans, collections, {@code java.time} ...) and {@code byte[]}, at any depth. A value
 * that is not there, is {@code null}, or does not fit is an {@link ArgumentException}.
 */
public sealed class Arguments permits Event {
    private final String event;
    private final PacketData data;

    Arguments(String event, PacketData data) {
        this.event = event;
        this.data = data;
    }

    /** How many values there are; an event's name and its acknowledgement are none. */
    public final int size() {
        return data.size();
    }

    /** Whether there is a value, and it is not {@code null}. */
    public final boolean has(int position) {
        return position >= 0 && position < data.size() && !data.isNull(position);
    }

    /**
     * A value.
     *
     * @throws ArgumentException where it is not there, is {@code null} or does not fit
     * @throws IllegalArgumentException where nothing could be read as that type, whatever was sent
     */
    @SuppressWarnings("unchecked") // The class, or of a primitive type the one that boxes it, is what is read.
    public final <T> T arg(int position, Class<T> type) {
        return (T) read(position, type);
    }

    /**
     * A value of a generic type: {@code event.arg(0, new TypeRef<List<Price>>() {})}.
     *
     * @throws ArgumentException where it is not there, is {@code null} or does not fit
     * @throws IllegalArgumentException where nothing could be read as that type, whatever was sent
     */
    @SuppressWarnings("unchecked") // The reference's type is T.
    public final <T> T arg(int position, TypeRef<T> type) {
        return (T) read(position, type.type());
    }

    /**
     * A value that may be left out, or {@code null}.
     *
     * @throws ArgumentException where it does not fit
     */
    public final <T> Optional<T> optional(int position, Class<T> type) {
        return has(position) ? Optional.of(arg(position, type)) : Optional.empty();
    }

    /**
     * A string.
     *
     * @throws ArgumentException where it is not there, or something else
     */
    public final String text(int position) {
        require(position, "a text");
        try {
            return data.text(position);
        } catch (JsonException wrong) {
            throw new ArgumentException(event, position, "a text", String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * Bytes.
     *
     * @return the caller's to read, not to change
     * @throws ArgumentException where it is not there, or something else
     */
    public final byte[] binary(int position) {
        require(position, "binary");
        try {
            return data.binary(position);
        } catch (JsonException wrong) {
            throw new ArgumentException(event, position, "binary", String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * A value as the JSON that was sent; bytes in it are placeholders.
     *
     * @throws ArgumentException where it is not there
     */
    public final String json(int position) {
        require(position, "JSON");
        return data.json(position);
    }

    /**
     * All values as plain Java: {@code String}, {@code Boolean}, numbers, {@code List}, {@code Map}, {@code byte[]}, {@code
     * null}. Fit to be sent again: {@code socket.emit("echo", event.args())}.
     */
    public final @Nullable Object[] args() {
        @Nullable Object[] values = new Object[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.isNull(i) ? null : read(i, Object.class);
        }
        return values;
    }

    private Object read(int position, Type type) {
        require(position, type.getTypeName());
        try {
            return Objects.requireNonNull(data.read(position, type));
        } catch (JsonException wrong) {
            throw new ArgumentException(event, position, type.getTypeName(), String.valueOf(wrong.getMessage()));
        }
    }

    private void require(int position, String type) {
        if (position < 0 || position >= data.size()) {
            throw new ArgumentException(event, position, type, "there are " + data.size() + " arguments");
        }
        if (data.isNull(position) && !type.equals("JSON")) {
            throw new ArgumentException(event, position, type, "it is null");
        }
    }
}
