package io.posthorn.websocket;

import io.posthorn.loop.Loop;

import java.util.List;
import java.util.Map;

/**
 * How a handshake is accepted.
 *
 * @param home the loop that the connection is to live on; it moves there before anything is received
 * @param headers names and values that the answer has beside those of the handshake
 * @param onSettled run once, when the connection has come home, or it is certain that it never will; on any loop
 */
public record Acceptance(Loop home, List<Map.Entry<String, String>> headers, Runnable onSettled) {
    /** Copies the headers. */
    public Acceptance {
        headers = List.copyOf(headers);
    }

    /** For code that does not ask whether the connection has come home. */
    public Acceptance(Loop home, List<Map.Entry<String, String>> headers) {
        this(home, headers, () -> {});
    }
}
