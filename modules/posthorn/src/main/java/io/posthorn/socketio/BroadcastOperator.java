package io.posthorn.socketio;

import io.posthorn.socketio.adapter.Audience;
import io.posthorn.socketio.protocol.PacketEncoder;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Who is to get an event: everybody of a namespace, or who is in one of some rooms, but nobody who is in one of others. A
 * socket's id is the name of a room that only it is in. Immutable, for all threads; a socket in several of the rooms gets one
 * copy.
 */
public final class BroadcastOperator {
    private final Namespace namespace;
    private final Audience audience;

    BroadcastOperator(Namespace namespace, Audience audience) {
        this.namespace = namespace;
        this.audience = audience;
    }

    /** Also who is in one of these rooms; without any room, it is everybody. */
    public BroadcastOperator to(String... names) {
        Audience wider = audience;
        for (String name : names) {
            wider = wider.to(name);
        }
        return new BroadcastOperator(namespace, wider);
    }

    /** As {@link #to}. */
    public BroadcastOperator in(String... names) {
        return to(names);
    }

    /** But nobody who is in one of these rooms. */
    public BroadcastOperator except(String... names) {
        Audience narrower = audience;
        for (String name : names) {
            narrower = narrower.except(name);
        }
        return new BroadcastOperator(namespace, narrower);
    }

    /**
     * Sends an event, encoded once for all.
     *
     * @param arguments anything that JSON can hold, and {@code byte[]} or {@code ByteBuffer} at any depth
     * @throws IllegalArgumentException where the name is one of Socket.IO's own, or an argument cannot be written
     */
    public BroadcastOperator emit(String event, @Nullable Object... arguments) {
        ReservedNames.check(event);
        namespace.counters().broadcasts.increment();
        namespace.adapter().broadcast(PacketEncoder.broadcast(namespace.name(), event, arguments), audience);
        return this;
    }

    /** Sends {@code message} events: {@code emit("message", ...)}. */
    public BroadcastOperator send(@Nullable Object... arguments) {
        return emit("message", arguments);
    }

    /** The ids of those who would get it now; complete when all loops have told. */
    public CompletionStage<Set<String>> ids() {
        return namespace.adapter().members(audience);
    }
}
