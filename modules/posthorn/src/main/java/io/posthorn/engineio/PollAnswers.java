package io.posthorn.engineio;

import io.posthorn.http.HttpResponse;
import io.posthorn.transport.Message;
import io.posthorn.transport.PollTransport;

import java.util.List;

/** What a session's polls are answered. */
final class PollAnswers implements PollTransport.Answers {
    private static final String TYPE = "text/plain; charset=UTF-8";
    /** What is larger leaves by several polls. */
    private static final long MAX_BYTES = 1024 * 1024;

    private final HttpResponse head;

    /** The answers to one poll, whose status and headers are these. */
    PollAnswers(HttpResponse head) {
        this.head = head;
    }

    @Override
    public int maxMessages() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public HttpResponse of(List<Message> messages) {
        return head.body(TYPE, payload(messages));
    }

    /** A poll has an answer: that there is nothing is a packet too. */
    @Override
    public HttpResponse nothing() {
        return of(List.of(Packets.NOOP));
    }

    private static byte[] payload(List<Message> messages) {
        int size = messages.size() - 1;
        for (Message message : messages) {
            size += message.as(PayloadForm.ONLY).length;
        }
        byte[] payload = new byte[size];
        int end = 0;
        for (Message message : messages) {
            if (end > 0) {
                payload[end++] = PayloadReader.SEPARATOR;
            }
            byte[] packets = message.as(PayloadForm.ONLY);
            System.arraycopy(packets, 0, payload, end, packets.length);
            end += packets.length;
        }
        return payload;
    }
}
