package io.posthorn.socketio;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client over WebSocket that speaks Socket.IO as it stands on the wire. Heartbeats are answered by themselves, and not
 * among what {@link #next} gives.
 */
final class WireClient implements AutoCloseable {
    static final String NO_NAMESPACE = "40/nowhere,";
    static final String NO_NAMESPACE_ANSWER = "44/nowhere,{\"message\":\"Invalid namespace\"}";
    private static final int WAIT_SECONDS = 20;
    private static final CompletionStage<?> NOTHING = CompletableFuture.completedFuture(null);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final WebSocket webSocket;
    private final String open;

    /** The connection has ended, with this code. */
    private record Closed(int code) {}

    WireClient(int port, String target) {
        webSocket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + target), new Receiver())
                .join();
        open = next();
    }

    /** The first packet, which opens the session. */
    String open() {
        return open;
    }

    /** Joins a namespace, written as it stands in a packet: {@code ""}, or {@code "/chat,"}; returns the socket's id. */
    String join(String namespace) {
        send("40" + namespace);
        String answer = next();
        String begin = "40" + namespace + "{\"sid\":\"";
        if (!answer.startsWith(begin)) {
            throw new AssertionError("not connected: " + answer);
        }
        return answer.substring(begin.length(), answer.length() - 2);
    }

    /** Sends a text packet; where the server has closed meanwhile, it is lost. */
    WireClient send(String packet) {
        webSocket.sendText(packet, true).exceptionally(lost -> webSocket).join();
        return this;
    }

    /** Sends a binary packet; where the server has closed meanwhile, it is lost. */
    WireClient send(byte... bytes) {
        webSocket
                .sendBinary(ByteBuffer.wrap(bytes), true)
                .exceptionally(lost -> webSocket)
                .join();
        return this;
    }

    /** The next text packet. */
    String next() {
        Object next = take();
        if (next instanceof String text) {
            return text;
        }
        throw new AssertionError("not a text packet: " + next);
    }

    /** The next binary packet. */
    byte[] nextBinary() {
        Object next = take();
        if (next instanceof byte[] bytes) {
            return bytes;
        }
        throw new AssertionError("not a binary packet: " + next);
    }

    /** Checks that the server has sent nothing until now; what it was told to send from other threads counts too. */
    WireClient quiet() {
        // The first answer may overtake what other threads have left for the loop; the second one comes a turn later.
        for (int i = 0; i < 2; i++) {
            String answer = send(NO_NAMESPACE).next();
            if (!answer.equals(NO_NAMESPACE_ANSWER)) {
                throw new AssertionError("something came: " + answer);
            }
        }
        return this;
    }

    /** Reads to the end of the connection; returns its code. */
    int closeCode() {
        Object next = take();
        while (!(next instanceof Closed)) {
            next = take();
        }
        return ((Closed) next).code();
    }

    /** The code that the connection ends with, which must be what comes next. */
    int end() {
        Object next = take();
        if (next instanceof Closed closed) {
            return closed.code();
        }
        throw new AssertionError("not the end: " + next);
    }

    /** Ends the connection with a closing handshake. */
    void leave() {
        webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Drops the connection without a word. */
    @Override
    public void close() {
        webSocket.abort();
    }

    private Object take() {
        try {
            Object next = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came in " + WAIT_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String packet = text.toString();
                text.setLength(0);
                if (packet.equals("2")) {
                    from.sendText("3", true);
                } else {
                    received.add(packet);
                }
            }
            from.request(1);
            return NOTHING;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                received.add(binary.toByteArray());
                binary.reset();
            }
            from.request(1);
            return NOTHING;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            received.add(new Closed(code));
            return NOTHING;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            received.add(new Closed(1006));
        }
    }
}
