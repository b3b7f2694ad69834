package io.posthorn.transport;

import org.jspecify.annotations.Nullable;

/**
 * What of a message stands where a transport carries data: its payload, or an envelope around everything that there is to
 * tell. A constant, since it is part of {@linkplain Form forms}, which are compared.
 */
public interface Content {
    /** The payload as it is; the rest is told where the transport has a place for it. */
    Content PLAIN = new Content() {
        @Override
        public @Nullable Payload of(Message message) {
            return message.payloadOrNull();
        }

        @Override
        public boolean isEnvelope() {
            return false;
        }
    };

    /** What is carried, or null where the message holds nothing of that kind. */
    @Nullable
    Payload of(Message message);

    /** Whether cursor, event name and gap are in it. */
    boolean isEnvelope();
}
