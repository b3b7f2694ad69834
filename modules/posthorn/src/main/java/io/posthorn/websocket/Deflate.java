package io.posthorn.websocket;

/**
 * How a path offers permessage-deflate (RFC 7692) to the clients that ask for it. Off unless given to {@link
 * WebSocketOptions#withDeflate}: a connection that keeps its context holds some 300 KiB of native memory.
 *
 * @param threshold messages shorter than this, in bytes of UTF-8 or binary, are sent as they are
 * @param level 1 (fastest) to 9 (smallest)
 * @param serverNoContextTakeover whether the server compresses each message by itself, which frees memory between them
 * @param clientNoContextTakeover whether clients are asked to
 * @param serverMaxWindowBits the server's window, 8 to 15; the client may ask for a smaller one
 * @param clientMaxWindowBits the window asked of clients that let themselves be asked, 8 to 15
 */
public record Deflate(
        int threshold,
        int level,
        boolean serverNoContextTakeover,
        boolean clientNoContextTakeover,
        int serverMaxWindowBits,
        int clientMaxWindowBits) {
    static final int MIN_WINDOW_BITS = 8;
    static final int MAX_WINDOW_BITS = 15;
    private static final int DEFAULT_THRESHOLD = 1024;
    private static final int DEFAULT_LEVEL = 6;

    /** Checks each value. */
    public Deflate {
        if (threshold < 0) {
            throw new IllegalArgumentException("threshold must not be negative, as " + threshold + " is");
        }
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("level must be between 1 and 9, not " + level);
        }
        checkBits("serverMaxWindowBits", serverMaxWindowBits);
        checkBits("clientMaxWindowBits", clientMaxWindowBits);
    }

    /** Messages of 1,024 bytes and more, level 6, context kept on both sides, windows of 15 bits. */
    public static Deflate defaults() {
        return new Deflate(DEFAULT_THRESHOLD, DEFAULT_LEVEL, false, false, MAX_WINDOW_BITS, MAX_WINDOW_BITS);
    }

    /** With another length from which on messages are compressed, in bytes. */
    public Deflate withThreshold(int bytes) {
        return new Deflate(
                bytes,
                level,
                serverNoContextTakeover,
                clientNoContextTakeover,
                serverMaxWindowBits,
                clientMaxWindowBits);
    }

    /** With another level, 1 to 9. */
    public Deflate withLevel(int newLevel) {
        return new Deflate(
                threshold,
                newLevel,
                serverNoContextTakeover,
                clientNoContextTakeover,
                serverMaxWindowBits,
                clientMaxWindowBits);
    }

    /** With or without context takeover on each side. */
    public Deflate withNoContextTakeover(boolean server, boolean client) {
        return new Deflate(threshold, level, server, client, serverMaxWindowBits, clientMaxWindowBits);
    }

    /** With other windows, in bits, 8 to 15. */
    public Deflate withMaxWindowBits(int server, int client) {
        return new Deflate(threshold, level, serverNoContextTakeover, clientNoContextTakeover, server, client);
    }

    private static void checkBits(String name, int bits) {
        if (bits < MIN_WINDOW_BITS || bits > MAX_WINDOW_BITS) {
            throw new IllegalArgumentException(name + " must be between 8 and 15, not " + bits);
        }
    }
}
