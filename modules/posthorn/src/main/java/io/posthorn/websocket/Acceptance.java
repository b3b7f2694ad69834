package io.posthorn.websocket;

import io.posthorn.loop.Loop;

import java.util.List;
import java.util.Map;

/**
 * How a handshake is accepted.
 *
 * @param home the loop that the connection is to live on; it moves there before anything is received
 * @param headers names and values that the answer has beside those of the handshake
 */
public record Acceptance(Loop home, List<Map.Entry<String, String>> headers) {
    /** Copies the headers. */
    public Acceptance {
        headers = List.copyOf(headers);
    }
}
