package io.posthorn.transport;

/** The forms that transports ask messages for, as they ask: what is no API. */
public final class WireForms {
    private WireForms() {}

    /** A stream's form to a client of HTTP/1.1. */
    public static Form<byte[]> chunked(Framing framing) {
        return framing.chunked(true);
    }

    /** A WebSocket's form. */
    public static Form<?> webSocket(Content content) {
        return new WebSocketTransport.Frames(content);
    }
}
