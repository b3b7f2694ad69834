package io.posthorn.feed;

import io.posthorn.json.JsonObjectWriter;
import io.posthorn.transport.Content;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Gap;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;

import java.util.Base64;

/**
 * Everything that a message has, as JSON: {@code {id, event, data, encoding, gap}}. What it does not have is left out. A
 * message that is JSON stands in {@code data} as it is, text as a string, bytes as base64 with {@code encoding}.
 */
final class Envelope implements Content {
    static final Envelope CONTENT = new Envelope();

    private Envelope() {}

    @Override
    public Payload of(Message message) {
        JsonObjectWriter json = new JsonObjectWriter();
        message.cursor().ifPresent(cursor -> json.string("id", cursor.toString()));
        message.event().ifPresent(event -> json.string("event", event));
        message.payload().ifPresent(payload -> writeData(payload, json));
        message.gap().ifPresent(gap -> writeGap(gap, json));
        return Payload.json(json.bytes());
    }

    @Override
    public boolean isEnvelope() {
        return true;
    }

    private static void writeData(Payload payload, JsonObjectWriter json) {
        switch (payload.kind()) {
            case TEXT -> json.string("data", payload.text());
            case JSON -> json.raw("data", payload.bytes());
            case BINARY ->
                json.string("data", Base64.getEncoder().encodeToString(payload.bytes()))
                        .string("encoding", "base64");
        }
    }

    private static void writeGap(Gap gap, JsonObjectWriter json) {
        json.object("gap");
        Cursor after = gap.after();
        if (after != null) {
            json.string("after", after.toString());
        }
        json.string("before", gap.before().toString()).end();
    }
}
