package io.posthorn.socketio.protocol;

import io.posthorn.json.JsonElements;
import io.posthorn.json.JsonElements.Kind;
import io.posthorn.json.JsonException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes packets of what one client sends, text and attachments in their order:
 *
 * <pre>
 * type [attachments -] [/namespace ,] [id] [JSON]
 *  2                      /news    ,   12   ["e",1]
 * </pre>
 *
 * Every byte is looked at a fixed number of times, and what breaks a rule is refused at once: as the reference does, but
 * that an EVENT or ACK without any data is refused too. For one thread, and of no more use after an exception.
 */
public final class PacketDecoder {
    /** How many attachments a packet may have; official clients refuse more too. */
    public static final int MAX_ATTACHMENTS = 10;

    private final long maxAttachmentBytes;
    private final KnownNames names = new KnownNames();
    private @Nullable Half half;

    /** A packet whose text has come, and some of its attachments; there is mostly none. */
    private static final class Half {
        private final Packet packet;
        private final int count;
        private final List<byte[]> attachments;
        private long bytes;

        Half(Packet packet, int count) {
            this.packet = packet;
            this.count = count;
            this.attachments = new ArrayList<>(count);
        }

        Packet whole() {
            return new Packet(
                    packet.type(),
                    packet.namespace(),
                    packet.id(),
                    packet.data().attach(attachments));
        }
    }

    /**
     * A decoder that has seen nothing yet.
     *
     * @param maxAttachmentBytes how many bytes the attachments of one packet may have together
     */
    public PacketDecoder(long maxAttachmentBytes) {
        this.maxAttachmentBytes = maxAttachmentBytes;
    }

    /** Whether a packet's text has come, and attachments of it have not. */
    public boolean isWaiting() {
        return half != null;
    }

    /**
     * Takes a packet's text.
     *
     * @param bytes UTF-8; kept, must not be changed afterwards
     * @param from where the packet begins, behind what else the array may hold
     * @return the packet; null if attachments of it are to follow
     * @throws PacketException if a rule is broken
     */
    public @Nullable Packet text(byte[] bytes, int from) {
        if (half != null) {
            throw new PacketException("text where an attachment was to follow");
        }
        try {
            PacketHeader header = PacketHeader.parse(bytes, from, names);
            Packet packet = new Packet(header.type(), header.namespace(), header.id(), data(header, bytes, from));
            if (header.attachments() == 0) {
                return packet;
            }
            half = new Half(packet, header.attachments());
            return null;
        } catch (JsonException refused) {
            throw new PacketException("data: " + refused.getMessage());
        }
    }

    /**
     * Takes an attachment.
     *
     * @param attachment kept; must not be changed afterwards
     * @return the packet that is whole by it; null if more are to follow
     * @throws PacketException if none was to follow, or it makes the packet too large
     */
    public @Nullable Packet binary(byte[] attachment) {
        Half begun = half;
        if (begun == null) {
            throw new PacketException("an attachment without a packet");
        }
        begun.bytes += attachment.length;
        if (begun.bytes > maxAttachmentBytes) {
            throw new PacketException("attachments of more than " + maxAttachmentBytes + " bytes");
        }
        begun.attachments.add(attachment);
        if (begun.attachments.size() < begun.count) {
            return null;
        }
        half = null;
        return begun.whole();
    }

    private PacketData data(PacketHeader header, byte[] bytes, int from) {
        boolean hasData = header.end() < bytes.length;
        int wireSize = bytes.length - from;
        return switch (header.type()) {
            case CONNECT -> hasData ? value(header, bytes, wireSize) : PacketData.NONE;
            case CONNECT_ERROR -> hasData ? value(header, bytes, wireSize) : PacketData.NONE;
            case DISCONNECT -> none(hasData);
            case EVENT -> event(elements(header, bytes), wireSize);
            case ACK -> PacketData.of(elements(header, bytes), wireSize);
        };
    }

    private static PacketData none(boolean hasData) {
        if (hasData) {
            throw new PacketException("a DISCONNECT with data");
        }
        return PacketData.NONE;
    }

    /** What CONNECT and CONNECT_ERROR carry: an object; of the latter it may be a string. */
    private static PacketData value(PacketHeader header, byte[] bytes, int wireSize) {
        JsonElements value = JsonElements.ofValue(bytes, header.end());
        Kind kind = value.kind(0);
        if (kind != Kind.OBJECT && !(kind == Kind.STRING && header.type() == PacketType.CONNECT_ERROR)) {
            throw new PacketException("data of a kind that a " + header.type() + " cannot have");
        }
        return PacketData.of(value, wireSize);
    }

    private static JsonElements elements(PacketHeader header, byte[] bytes) {
        JsonElements elements = JsonElements.ofArray(bytes, header.end());
        return header.attachments() == 0 ? elements : elements.withPlaceholders(header.attachments());
    }

    private PacketData event(JsonElements elements, int wireSize) {
        if (elements.size() == 0) {
            throw new PacketException("an EVENT without a name");
        }
        return PacketData.ofEvent(names.event(elements), elements, wireSize);
    }
}
