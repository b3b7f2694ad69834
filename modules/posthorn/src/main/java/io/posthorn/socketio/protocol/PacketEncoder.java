package io.posthorn.socketio.protocol;

import io.posthorn.json.Json;
import io.posthorn.json.JsonArrayWriter;
import io.posthorn.json.JsonObjectWriter;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes messages of what the server says, as they stand in Engine.IO: text that begins with the {@code 4} of a message, and
 * the attachments behind it. A message is for one receiver, unless it is a broadcast. Arguments are read before a method returns, those
 * that are binary copied, so that nothing that happens to them later is seen.
 *
 * <p>Any thread may call. Namespaces begin with a slash and have no comma, which is the caller's to know.
 */
public final class PacketEncoder {
    private static final byte[] NO_HEADER = {};
    private static final byte[] PLAIN_EVENT = {'4', '2'};

    private static final char CONNECT = '0';
    private static final char DISCONNECT = '1';
    private static final char EVENT = '2';
    private static final char ACK = '3';
    private static final char CONNECT_ERROR = '4';

    /** What makes an EVENT or ACK one with attachments. */
    private static final int WITH_ATTACHMENTS = 3;

    private PacketEncoder() {}

    /**
     * Says that a client has joined a namespace.
     *
     * @param json an object in JSON, such as {@code {"sid":"..."}}; null if there is nothing to tell
     */
    public static Message connect(String namespace, byte @Nullable [] json) {
        return message(header(CONNECT, 0, namespace, Packet.NO_ID), json == null ? NO_HEADER : json);
    }

    /** Says that a client has left a namespace. */
    public static Message disconnect(String namespace) {
        return message(header(DISCONNECT, 0, namespace, Packet.NO_ID), NO_HEADER);
    }

    /**
     * Refuses a client a namespace.
     *
     * @param text what the client has as its error's message
     * @param data what the client has as its error's data; null if there is none
     * @throws IllegalArgumentException if the data cannot be written as JSON
     */
    public static Message connectError(String namespace, String text, @Nullable Object data) {
        JsonObjectWriter json = new JsonObjectWriter().string("message", text);
        if (data != null) {
            json.raw("data", Json.write(data));
        }
        return message(header(CONNECT_ERROR, 0, namespace, Packet.NO_ID), json.bytes());
    }

    /**
     * An event.
     *
     * @param id what the client is to acknowledge it with; {@link Packet#NO_ID} if it need not
     * @throws IllegalArgumentException if an argument cannot be written as JSON, the name is reserved, or there are more
     *     than {@link PacketDecoder#MAX_ATTACHMENTS} attachments
     */
    public static Message event(String namespace, long id, String name, @Nullable Object... args) {
        if (EventNames.isReserved(name)) {
            throw new IllegalArgumentException('"' + name + "\" is a reserved name of an event");
        }
        return array(EVENT, namespace, id, new JsonArrayWriter().value(name), args);
    }

    /**
     * An event for any number of receivers, which is not acknowledged.
     *
     * @throws IllegalArgumentException as {@link #event}
     */
    public static Message broadcast(String namespace, String name, @Nullable Object... args) {
        return event(namespace, Packet.NO_ID, name, args).forMany();
    }

    /**
     * Acknowledges an event.
     *
     * @param id what the client sent with the event
     * @throws IllegalArgumentException if an argument cannot be written as JSON, or there are more than {@link
     *     PacketDecoder#MAX_ATTACHMENTS} attachments
     */
    public static Message ack(String namespace, long id, @Nullable Object... args) {
        return array(ACK, namespace, id, new JsonArrayWriter(), args);
    }

    private static Message array(char type, String namespace, long id, JsonArrayWriter json, @Nullable Object[] args) {
        for (Object arg : args) {
            json.value(arg);
        }
        List<byte[]> attachments = json.attachments();
        int count = attachments.size();
        if (count > PacketDecoder.MAX_ATTACHMENTS) {
            throw new IllegalArgumentException(
                    count + " attachments, and clients take at most " + PacketDecoder.MAX_ATTACHMENTS + " in a packet");
        }
        Payload text = Payload.text(json.bytes(header(type, count, namespace, id)));
        return Message.forOne(
                text,
                count == 0
                        ? List.of()
                        : attachments.stream().map(Payload::binary).toList());
    }

    private static Message message(byte[] header, byte[] data) {
        byte[] bytes = new byte[header.length + data.length];
        System.arraycopy(header, 0, bytes, 0, header.length);
        System.arraycopy(data, 0, bytes, header.length, data.length);
        return Message.forOne(Payload.text(bytes), List.of());
    }

    private static byte[] header(char type, int attachments, String namespace, long id) {
        boolean isMain = namespace.equals(KnownNames.MAIN);
        if (isMain && id == Packet.NO_ID && type == EVENT && attachments == 0) {
            return PLAIN_EVENT;
        }
        StringBuilder header = new StringBuilder(32).append('4');
        if (attachments == 0) {
            header.append(type);
        } else {
            header.append((char) (type + WITH_ATTACHMENTS)).append(attachments).append('-');
        }
        if (!isMain) {
            header.append(namespace).append(',');
        }
        if (id != Packet.NO_ID) {
            header.append(id);
        }
        return header.toString().getBytes(StandardCharsets.UTF_8);
    }
}
