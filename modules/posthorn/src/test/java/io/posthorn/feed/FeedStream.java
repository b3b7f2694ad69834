package io.posthorn.feed;

import io.posthorn.http.RawClient;

import java.nio.charset.StandardCharsets;

/** An answer that goes on, read chunk by chunk as UTF-8. */
final class FeedStream implements AutoCloseable {
    private final RawClient client;
    private final String head;

    FeedStream(RawClient client) {
        this.client = client;
        this.head = client.head();
    }

    /** The status line and the headers. */
    String head() {
        return head;
    }

    /** The next chunk; empty for the last one. */
    String chunk() {
        int size = Integer.parseInt(client.until("\r\n").trim(), 16);
        String data = client.bytes(size);
        if (!client.bytes(2).equals("\r\n")) {
            throw new AssertionError("a chunk ends with CRLF, unlike " + data);
        }
        return new String(data.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The next chunk that is not this one. */
    String chunkAfter(String skipped) {
        String chunk = chunk();
        while (chunk.equals(skipped)) {
            chunk = chunk();
        }
        return chunk;
    }

    /** What comes until the server ends the connection, as it is. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        for (String more = client.arrived(); !more.isEmpty(); more = client.arrived()) {
            rest.append(more);
        }
        return rest.toString();
    }

    @Override
    public void close() {
        client.close();
    }
}
