package io.posthorn.websocket;

import io.posthorn.http.HttpRequest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a connection began. Immutable, for all threads; it is kept in little memory, and written out when it is asked. */
public final class WebSocketHandshake {
    private final HttpRequest request;
    private final Map<String, String> pathParameters;
    private final Handshake.Agreed agreed;
    private final List<Map.Entry<String, String>> added;

    /** What was asked, what was agreed on, and the headers that the answer has beside those of the handshake. */
    WebSocketHandshake(
            HttpRequest request,
            Map<String, String> pathParameters,
            Handshake.Agreed agreed,
            List<Map.Entry<String, String>> added) {
        this.request = request.compact();
        this.pathParameters = pathParameters;
        this.agreed = agreed;
        this.added = added;
    }

    /** What the client asked: its headers, query, path and address. */
    public HttpRequest request() {
        return request;
    }

    /** The values of the route's pattern, read by {@link #pathParameter}. */
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    /** What the path has in a place of the route's pattern: for {@code /chat/{room}} the {@code room}. */
    public Optional<String> pathParameter(String name) {
        return Optional.ofNullable(pathParameters.get(name));
    }

    /** The subprotocol that was agreed on. */
    public Optional<String> subprotocol() {
        return Optional.ofNullable(agreed.subprotocol());
    }

    /** What was agreed on, as in {@code Sec-WebSocket-Extensions}; empty where nothing was. */
    public String extensions() {
        DeflateParameters deflate = agreed.deflate();
        return deflate == null ? "" : deflate.toHeader();
    }

    /** The answer's status line and headers, lines ended by LF, for showing. */
    public String responseHead() {
        return Handshake.headText(Handshake.switching(request, agreed, added));
    }

    Handshake.Agreed agreed() {
        return agreed;
    }
}
