package io.posthorn.feed;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;
import io.posthorn.json.Json;
import io.posthorn.json.JsonObjectWriter;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes messages by {@code POST} from whom the authorizer lets, and answers with the cursor. */
final class PublishHandler implements HttpHandler {
    private static final PublishAuthorizer NOBODY = exchange -> false;

    private final FeedRegistry registry;

    PublishHandler(FeedRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void handle(HttpExchange exchange) throws Exception {
        try {
            PublishAuthorizer authorizer = registry.options().publishing().orElse(NOBODY);
            if (!authorizer.mayPublish(exchange)) {
                throw new FeedException(403, "Publishing here is not for everyone.");
            }
            Cursor cursor = publish(exchange.path(), message(exchange));
            byte[] body = new JsonObjectWriter().string("id", cursor.toString()).bytes();
            exchange.respond(HttpResponse.of(200)
                    .header("ETag", EntityTags.of(cursor))
                    .header("Cache-Control", "no-store")
                    .header("Access-Control-Expose-Headers", "ETag")
                    .body("application/json", body));
        } catch (FeedException refusal) {
            registry.counters().refusedPublishes.increment();
            exchange.respond(HttpResponse.text(refusal.status(), refusal.reason() + "\n"));
        }
    }

    private Cursor publish(String path, Message message) {
        try {
            return registry.publish(path, message);
        } catch (IllegalStateException full) {
            throw new FeedException(503, "There are as many feeds as there may be.");
        }
    }

    private Message message(HttpExchange exchange) {
        int limit = registry.options().limits().maxMessage();
        if (exchange.body().length > limit) {
            throw new FeedException(413, "A message has at most " + limit + " bytes.");
        }
        String event = exchange.header("Event").map(HeaderText::decode).orElse(null);
        if (event != null && !Message.isEventName(event)) {
            throw new FeedException(400, "An event's name has 1 to 128 characters.");
        }
        return Message.of(event, payload(exchange.header("Content-Type").orElse(null), exchange.body()));
    }

    private static Payload payload(@Nullable String contentType, byte[] body) {
        if (contentType == null) {
            return Payload.binary(body); // RFC 9110 8.3: what it is may not be guessed
        }
        if (!Payload.isContentType(contentType)) {
            throw new FeedException(400, "The content type holds what it may not, or is too long.");
        }
        String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) {
            if (!Json.isValid(body)) {
                throw new FeedException(400, "This is not JSON, or nests deeper or has longer numbers than may be.");
            }
            return Payload.json(contentType, body);
        }
        return isText(type, contentType) && isUtf8(body)
                ? Payload.text(contentType, body)
                : Payload.binary(contentType, body);
    }

    /** Text of another encoding is carried as bytes, since streams are UTF-8. */
    private static boolean isText(String type, String contentType) {
        boolean isText = type.startsWith("text/")
                || type.endsWith("+xml")
                || type.equals("application/xml")
                || type.equals("application/javascript")
                || type.equals("application/x-www-form-urlencoded");
        String lower = contentType.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
        int charset = lower.indexOf("charset=");
        return isText && (charset < 0 || lower.startsWith("utf-8", charset + "charset=".length()));
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException otherEncoding) {
            return false;
        }
    }
}
