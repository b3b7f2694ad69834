package io.posthorn.playground;

import io.posthorn.playground.wire.Secrets;
import io.posthorn.websocket.FrameTap;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketHandshake;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * One page that looks at its echo: tells it the frames of the echo's connection, and does there what it asks for. Safe
 * for all threads: the page and the echo may belong to different loops.
 */
final class Inspection {
    private static final int FRAGMENTS = 3;

    private final WebSocket page;
    private final LongAdder dropped;
    private volatile @Nullable WebSocket echo;

    Inspection(WebSocket page, LongAdder dropped) {
        this.page = page;
        this.dropped = dropped;
    }

    /** From now on this is the page's echo, instead of the one before. */
    void watch(WebSocket newEcho) {
        echo = newEcho;
        WebSocketHandshake handshake = newEcho.handshake();
        String request = Secrets.hidden(handshake.request().headText());
        page.send("handshake\n" + request + "\n\n" + Secrets.hidden(handshake.responseHead()));
        newEcho.tap((direction, bytes) -> tell(newEcho, direction, bytes));
    }

    /** Does what the page asks for; without an echo there is nothing to do. */
    void obey(String command) {
        WebSocket current = echo;
        if (current == null) {
            return;
        }
        String[] words = command.split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        try {
            switch (words[0]) {
                case "fragments" -> current.sendFragments(fragments(rest));
                case "ping" -> current.ping(rest.getBytes(StandardCharsets.UTF_8));
                case "close" -> close(current, rest);
                default -> throw new IllegalArgumentException("unknown command");
            }
        } catch (IllegalArgumentException refused) {
            page.send("refused " + refused.getMessage());
        }
    }

    // A page that does not read loses frames; its echo does not wait for it.
    private void tell(WebSocket from, FrameTap.Direction direction, byte[] bytes) {
        if (from != echo) {
            return;
        }
        if (page.isWritable()) {
            page.send(FrameRecord.of(direction, Instant.now(), bytes));
        } else {
            dropped.increment();
        }
    }

    private static void close(WebSocket echo, String codeAndReason) {
        String[] words = codeAndReason.split(" ", 2);
        echo.close(Integer.parseInt(words[0]), words.length == 2 ? words[1] : "");
    }

    // Whole characters, so that each fragment is valid text by itself.
    private static String[] fragments(String text) {
        int characters = text.codePointCount(0, text.length());
        String[] parts = new String[FRAGMENTS];
        int begin = 0;
        for (int i = 0; i < FRAGMENTS; i++) {
            int share = characters * (i + 1) / FRAGMENTS - characters * i / FRAGMENTS;
            int end = text.offsetByCodePoints(begin, share);
            parts[i] = text.substring(begin, end);
            begin = end;
        }
        return parts;
    }
}
