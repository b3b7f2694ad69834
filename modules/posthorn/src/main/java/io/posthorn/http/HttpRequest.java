package io.posthorn.http;

import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One complete request. Immutable, for all threads, except that nobody copies {@link #body()}. */
public final class HttpRequest {
    private final RequestHead head;
    private final byte[] body;
    private final long wireBytes;

    HttpRequest(RequestHead head, byte[] body, long wireBytes) {
        this.head = head;
        this.body = body;
        this.wireBytes = wireBytes;
    }

    /**
     * The same request, with its head in little memory: for whoever keeps it as long as a connection lives. Each question
     * for a part of the head takes it apart again.
     */
    public HttpRequest compact() {
        return head instanceof KeptHead ? this : new HttpRequest(head.kept(), body, wireBytes);
    }

    /** The method, as it was sent. */
    public String method() {
        return head.message().method().name();
    }

    /** The request target, as it was sent. */
    public String target() {
        return head.message().uri();
    }

    /** The path, percent-decoded and without dot segments; an encoded slash stays {@code %2F}. */
    public String path() {
        return head.target().path();
    }

    /** The parts of the path between its slashes, each decoded wholly. */
    List<String> segments() {
        return head.target().segments();
    }

    /** The query's names and values, decoded, in order. */
    public Map<String, List<String>> query() {
        return head.target().query();
    }

    /** The first value of a query parameter. */
    public Optional<String> queryParameter(String name) {
        return Optional.ofNullable(head.target().query().get(name)).map(values -> values.get(0));
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(head.message().headers().get(name));
    }

    /** All values of a header, in order. */
    public List<String> headers(String name) {
        return Collections.unmodifiableList(head.message().headers().getAll(name));
    }

    /** All headers in order, their names in lower case. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : head.message().headers()) {
            headers.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(header.getValue());
        }
        headers.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(headers);
    }

    /** Whether the client takes a content coding, {@code gzip} say, by its {@code Accept-Encoding}. */
    public boolean acceptsCoding(String coding) {
        return ContentCodings.accepts(headers("Accept-Encoding"), coding);
    }

    /**
     * Whether the client has the content already and wants 304 then, by its {@code If-None-Match}.
     *
     * @param etag the content's entity tag, quotes included
     */
    public boolean hasCached(String etag) {
        return EntityTags.matches(headers("If-None-Match"), etag);
    }

    /** The request line and the header lines as text, lines ended by LF, for showing. */
    public String headText() {
        return RequestHead.text(head.message());
    }

    /** The body, empty where there is none; not a copy. */
    public byte[] body() {
        return body;
    }

    /** How many bytes the request had on the wire, above TLS: head, chunk sizes and body. */
    public long wireBytes() {
        return wireBytes;
    }

    /** The client's address; where forwarded headers are trusted, the one that they tell, with port 0. */
    public InetSocketAddress remoteAddress() {
        return head.address();
    }

    /** Whether the client came over TLS (to a trusted proxy, if there is one). */
    public boolean isSecure() {
        return head.peer().secure();
    }

    /** The host and port that the client asked for, empty where an HTTP/1.0 request names none. */
    public String host() {
        return head.peer().host();
    }

    /** Whether the version is 1.1, else it is 1.0. */
    public boolean isHttp11() {
        return head.message().protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    boolean isKeepAlive() {
        return HttpUtil.isKeepAlive(head.message());
    }
}
