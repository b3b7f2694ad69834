package io.posthorn.feed;

/** How a feed is read, by the request that asks for it. */
public enum MeasuredReader {
    /** Server-sent events, in chunks. */
    EVENT_SOURCE("Accept: text/event-stream\r\n"),
    /** A WebSocket, without compression. */
    WEB_SOCKET("""
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """);

    private final String headers;

    MeasuredReader(String headers) {
        this.headers = headers;
    }

    String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }
}
