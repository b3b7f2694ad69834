package io.posthorn.feed;

import io.posthorn.transport.Content;
import io.posthorn.transport.EventSourceFraming;
import io.posthorn.transport.Form;
import io.posthorn.transport.IframeFraming;
import io.posthorn.transport.TransportType;
import io.posthorn.transport.WireForms;

import java.time.Duration;
import java.util.Map;

/** What a message becomes, by transport. */
public enum MeasuredForm {
    /** A chunk with an event. */
    EVENT_SOURCE,
    /** A chunk with an event whose data is an envelope. */
    EVENT_SOURCE_ENVELOPE,
    /** A chunk with a script. */
    IFRAME,
    /** A frame. */
    WEB_SOCKET,
    /** A frame with an envelope. */
    WEB_SOCKET_ENVELOPE,
    /** An answer with headers; its bytes come later, from Netty's encoder. */
    LONG_POLL;

    /** A form that is equal to the others of this kind, but another object, as each reader has one. */
    Form<?> make() {
        return switch (this) {
            case EVENT_SOURCE -> eventSource(Content.PLAIN);
            case EVENT_SOURCE_ENVELOPE -> eventSource(Envelope.CONTENT);
            case IFRAME -> iframe();
            case WEB_SOCKET -> WireForms.webSocket(Content.PLAIN);
            case WEB_SOCKET_ENVELOPE -> WireForms.webSocket(Envelope.CONTENT);
            case LONG_POLL -> new PollAnswers.Headed(TransportType.LONG_POLLING, Content.PLAIN);
        };
    }

    private static Form<?> eventSource(Content content) {
        return WireForms.chunked(EventSourceFraming.of(content, null, Duration.ofSeconds(2)));
    }

    private static Form<?> iframe() {
        String path = String.join("/", "", "prices", "ACME"); // a text of its own, as out of a request
        IframeFraming.Options options = new IframeFraming.Options(path, "posthorn.message", "*", "'self'", Map.of());
        return WireForms.chunked(IframeFraming.of(Content.PLAIN, options));
    }
}
