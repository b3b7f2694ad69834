package io.posthorn.socketio;

import io.posthorn.http.HttpRequest;
import io.posthorn.json.Json;
import io.posthorn.json.JsonException;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a socket's connection began, and what its client said when it asked for the namespace. Immutable, for all threads. */
public final class Handshake {
    private final HttpRequest request;
    private final String auth;
    private final long issuedMillis = System.currentTimeMillis();

    /** With what the client gave as JSON; empty where it gave nothing. */
    Handshake(HttpRequest request, String auth) {
        this.request = request;
        this.auth = auth.isEmpty() ? "{}" : auth;
    }

    /** The HTTP request that the connection began with. */
    public HttpRequest request() {
        return request;
    }

    /** When the namespace was asked for. */
    public Instant issued() {
        return Instant.ofEpochMilli(issuedMillis);
    }

    /** The client's address; where forwarded headers are trusted, the one that they tell. */
    public String address() {
        InetSocketAddress remote = request.remoteAddress();
        return remote.getAddress() == null
                ? remote.getHostString()
                : remote.getAddress().getHostAddress();
    }

    /** Whether a page of another origin asked: there was an {@code Origin} header. */
    public boolean isCrossDomain() {
        return request.header("Origin").isPresent();
    }

    /** Whether the client came over TLS. */
    public boolean isSecure() {
        return request.isSecure();
    }

    /** The request target, as it was sent. */
    public String url() {
        return request.target();
    }

    /** The headers, their names in lower case. */
    public Map<String, List<String>> headers() {
        return request.headers();
    }

    /** The query's names and values, decoded, those of Engine.IO ({@code EIO}, {@code transport} ...) among them. */
    public Map<String, List<String>> query() {
        return request.query();
    }

    /**
     * What the client gave as {@code auth}, bound to a type; where it gave nothing, what an empty object is bound to.
     *
     * @throws ArgumentException where it does not fit
     * @throws IllegalArgumentException where nothing could be read as that type, whatever was sent
     */
    public <T> T auth(Class<T> type) {
        try {
            T value = Json.read(auth.getBytes(StandardCharsets.UTF_8), type);
            if (value != null) {
                return value;
            }
            throw new ArgumentException("auth", 0, type.getTypeName(), "it is null");
        } catch (JsonException wrong) {
            throw new ArgumentException("auth", 0, type.getTypeName(), String.valueOf(wrong.getMessage()));
        }
    }

    /** What the client gave as {@code auth}, as plain Java; empty where it gave nothing. */
    @SuppressWarnings("unchecked") // An object of JSON is read as a map with strings for keys.
    public Map<String, Object> auth() {
        return auth(Map.class);
    }

    /** What the client gave as {@code auth}, as JSON. */
    public String authJson() {
        return auth;
    }

    /** All of it as Node.js' Socket.IO has it in {@code socket.handshake}, fit to be sent. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("headers", joined(headers()));
        map.put("time", issued().toString());
        map.put("address", address());
        map.put("xdomain", isCrossDomain());
        map.put("secure", isSecure());
        map.put("issued", issuedMillis);
        map.put("url", url());
        map.put("query", singles(query()));
        map.put("auth", auth());
        return map;
    }

    private static Map<String, Object> joined(Map<String, List<String>> headers) {
        Map<String, Object> map = new LinkedHashMap<>();
        headers.forEach((name, values) -> map.put(name, String.join(", ", values)));
        return map;
    }

    private static Map<String, Object> singles(Map<String, List<String>> query) {
        Map<String, Object> map = new LinkedHashMap<>();
        query.forEach((name, values) -> map.put(name, values.size() == 1 ? values.get(0) : values));
        return map;
    }
}
