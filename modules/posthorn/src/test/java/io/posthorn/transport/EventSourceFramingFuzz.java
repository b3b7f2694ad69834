package io.posthorn.transport;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.posthorn.transport.EventStream.Event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class EventSourceFramingFuzz {
    private static final Cursor CURSOR = new Cursor("k3", 8);

    @FuzzTest
    void anyNameAndTextAreOneEvent(FuzzedDataProvider data) {
        String name = data.consumeString(20);
        byte[] text = data.consumeRemainingAsBytes();
        Framing framing = EventSourceFraming.of(Content.PLAIN, name, Duration.ZERO);
        Message message = Message.of(null, Payload.text("text/plain", text)).at(CURSOR);

        EventStream stream = EventStream.of(framing.encode(message));

        String written = new String(text, StandardCharsets.UTF_8);
        String type =
                new String(name.replaceAll("[\r\n\0]", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(stream.events())
                .containsExactly(new Event(
                        type.isEmpty() ? "message" : type,
                        written.replace("\r\n", "\n").replace('\r', '\n'),
                        "k3-8"));
    }
}
