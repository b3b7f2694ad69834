package io.posthorn.websocket.conformance;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The JDK's own WebSocket client, which shares no code with ours, against the server. */
class JavaClientTest {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final WebSocket client = connect();

    private WebSocket connect() {
        URI uri = URI.create("ws://127.0.0.1:" + EchoServer.running().address().getPort() + "/echo");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, new Gathering())
                .join();
    }

    @Test
    void textComesBack() throws Exception {
        client.sendText("κόσμε 驿马 😀", true).join();
        expect(Event.text("κόσμε 驿马 😀"));
        close();
    }

    @Test
    void binaryComesBack() throws Exception {
        client.sendBinary(ByteBuffer.wrap(Payloads.binary(70_000)), true).join();
        expect(Event.binary(Payloads.binary(70_000)));
        close();
    }

    @Test
    void fragmentsComeBackAsOneMessage() throws Exception {
        client.sendText("one ", false).join();
        client.sendPing(ByteBuffer.wrap("between".getBytes(UTF_8))).join();
        client.sendText("two ", false).join();
        client.sendText("three", true).join();
        expect(Event.pong("between"));
        expect(Event.text("one two three"));
        close();
    }

    @Test
    void aPingIsAnswered() throws Exception {
        client.sendPing(ByteBuffer.wrap(Payloads.binary(125))).join();
        expect(Event.pong(Payloads.binary(125)));
        close();
    }

    @Test
    void anUnaskedPongIsIgnored() throws Exception {
        client.sendPong(ByteBuffer.wrap(Payloads.binary(3))).join();
        client.sendText("after", true).join();
        expect(Event.text("after"));
        close();
    }

    @Test
    void aLongTextComesBackWhole() throws Exception {
        String text = "驿马的号角".repeat(100_000);
        client.sendText(text, true).join();
        expect(Event.text(text));
        close();
    }

    @Test
    void manyMessagesComeBackInOrder() throws Exception {
        for (int i = 0; i < 500; i++) {
            client.sendText("message " + i, true).join();
        }
        for (int i = 0; i < 500; i++) {
            expect(Event.text("message " + i));
        }
        close();
    }

    private void close() throws InterruptedException {
        client.sendClose(4321, "farewell").join();
        Event close = next();
        assertThat(close.kind()).isEqualTo(Event.Kind.CLOSE);
        assertThat(close.code()).isEqualTo(4321);
    }

    private void expect(Event expected) throws InterruptedException {
        assertThat(next().equals(expected)).as("an event equal to %s", expected).isTrue();
    }

    private Event next() throws InterruptedException {
        Event event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).as("an event within 30 s").isNotNull();
        return event;
    }

    /** Puts parts together, as this client gives a message in several. */
    private final class Gathering implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                events.add(Event.text(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            binary.writeBytes(bytes(part));
            if (last) {
                events.add(Event.binary(binary.toByteArray()));
                binary.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
            events.add(Event.pong(bytes(payload)));
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add(Event.of(Event.Kind.CLOSE, ClientFrame.closeBody(code, new byte[0])));
            return null;
        }

        private byte[] bytes(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }
}
