package io.posthorn.feed;

import io.posthorn.http.HttpResponse;
import io.posthorn.transport.Content;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Form;
import io.posthorn.transport.Gap;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
import io.posthorn.transport.PollTransport;
import io.posthorn.transport.TransportType;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What polls are answered: messages with cursor, event name and gap in headers, or in envelopes. */
final class PollAnswers implements PollTransport.Answers {
    static final String VARY = "Accept, Prefer, Sec-Fetch-Dest, Origin";
    static final String EXPOSED = "ETag, Event, Gap, Preference-Applied";
    /** A message may be a page that somebody published: in an address bar it runs nothing, and is of no origin. */
    private static final String SANDBOX = "default-src 'none'; sandbox";

    private final FeedRequest request;
    private final FeedLimits limits;
    private final Headed form;
    private final @Nullable Duration applied;
    private final Supplier<Cursor> position;

    /** One message as a whole answer, the same for all readers that poll in the same way. */
    record Headed(TransportType type, Content content) implements Form<HttpResponse> {
        @Override
        public HttpResponse encode(Message message) {
            Payload payload = content.of(message);
            HttpResponse answer =
                    HttpResponse.of(payload == null || message.payload().isEmpty() ? 204 : 200);
            HttpResponse headed = withHeaders(answer, message);
            return payload == null || message.payload().isEmpty()
                    ? headed
                    : headed.body(payload.contentType(), payload.bytes());
        }

        HttpResponse withHeaders(HttpResponse answer, Message message) {
            HttpResponse headed = withoutMessage(answer);
            if (message.cursor().isPresent()) {
                headed = headed.header("ETag", EntityTags.of(message.cursor().get()));
            }
            if (message.event().isPresent()) {
                headed =
                        headed.header("Event", HeaderText.encode(message.event().get()));
            }
            return message.gap().isPresent()
                    ? headed.header("Gap", gap(message.gap().get()))
                    : headed;
        }

        HttpResponse withoutMessage(HttpResponse answer) {
            String caching = type == TransportType.SHORT_POLLING ? "private, no-cache" : "no-store";
            return answer.header("Cache-Control", caching)
                    .header("Vary", VARY)
                    .header("Access-Control-Expose-Headers", EXPOSED)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Content-Security-Policy", SANDBOX);
        }
    }

    /**
     * The answers to one poll.
     *
     * @param position where the reader stands, for an answer that holds no message
     */
    PollAnswers(FeedRequest request, FeedLimits limits, Supplier<Cursor> position) {
        this.request = request;
        this.limits = limits;
        this.form = new Headed(request.transport(), request.envelope() ? Envelope.CONTENT : Content.PLAIN);
        this.applied = request.prefersWait() ? wait(request, limits) : null;
        this.position = position;
    }

    /** How long a poll may wait. */
    static Duration wait(FeedRequest request, FeedLimits limits) {
        Duration asked = request.waits();
        if (request.transport() == TransportType.SHORT_POLLING) {
            return Duration.ZERO;
        }
        return asked == null || asked.compareTo(limits.maxWait()) > 0 ? limits.maxWait() : asked;
    }

    @Override
    public int maxMessages() {
        return form.content.isEnvelope() ? limits.bufferMessages() : 1;
    }

    /** As much as is kept: an answer with envelopes holds all that its reader missed. */
    @Override
    public long maxBytes() {
        return limits.bufferBytes();
    }

    @Override
    public HttpResponse of(List<Message> messages) {
        if (messages.size() > 1) {
            return applied(array(messages));
        }
        Cursor cursor = messages.get(0).cursor().orElse(null);
        return applied(
                cursor != null && request.hasLatest(cursor)
                        ? notModified(cursor)
                        : messages.get(0).as(form));
    }

    @Override
    public HttpResponse nothing() {
        return applied(form.withoutMessage(HttpResponse.of(204)).header("ETag", EntityTags.of(position.get())));
    }

    private HttpResponse notModified(Cursor latest) {
        return form.withoutMessage(HttpResponse.of(304)).header("ETag", EntityTags.of(latest));
    }

    /** Several messages: those in an envelope, as an array. */
    private HttpResponse array(List<Message> messages) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (Message message : messages) {
            Payload envelope = message.as(EnvelopeForm.ONLY);
            array.write(array.size() == 0 ? '[' : ',');
            array.write(envelope.bytes(), 0, envelope.size());
        }
        array.write(']');
        Message last = messages.get(messages.size() - 1);
        HttpResponse headed = form.withoutMessage(HttpResponse.of(200));
        if (last.cursor().isPresent()) {
            headed = headed.header("ETag", EntityTags.of(last.cursor().get()));
        }
        if (messages.get(0).gap().isPresent()) {
            headed = headed.header("Gap", gap(messages.get(0).gap().get()));
        }
        return headed.body("application/json", array.toByteArray());
    }

    private HttpResponse applied(HttpResponse answer) {
        return applied == null ? answer : answer.header("Preference-Applied", "wait=" + applied.toSeconds());
    }

    private static String gap(Gap gap) {
        Cursor after = gap.after();
        String known = after == null ? "" : "after=\"" + after + "\", ";
        return known + "before=\"" + gap.before() + "\"";
    }

    private enum EnvelopeForm implements Form<Payload> {
        ONLY;

        @Override
        public Payload encode(Message message) {
            return Envelope.CONTENT.of(message);
        }
    }
}
