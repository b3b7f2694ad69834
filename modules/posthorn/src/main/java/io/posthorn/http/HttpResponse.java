package io.posthorn.http;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An answer: status, headers, body. Immutable, for all threads; the body's bytes are not copied, so that one answer may
 * be given many times, and must not be changed.
 */
public final class HttpResponse {
    private static final byte[] NO_BODY = {};
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final FileSource.@Nullable OnDisk file;

    private HttpResponse(
            int status, List<Map.Entry<String, String>> headers, byte[] body, FileSource.@Nullable OnDisk file) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.file = file;
    }

    /**
     * An answer without headers and body.
     *
     * @throws IllegalArgumentException where the status is not between 100 and 599
     */
    public static HttpResponse of(int status) {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("A status is between 100 and 599, not " + status);
        }
        return new HttpResponse(status, List.of(), NO_BODY, null);
    }

    /** A text, as {@code text/plain; charset=utf-8}. */
    public static HttpResponse text(int status, String text) {
        return of(status).body("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Another place to look: {@code Location}, with one of the statuses 301, 302, 303, 307, 308. */
    public static HttpResponse redirect(int status, String location) {
        return of(status).header("Location", location);
    }

    /**
     * This answer with one header more.
     *
     * @throws IllegalArgumentException where the name is not a token, the value holds CR, LF, NUL or a character beyond
     *     Latin-1, or the header tells the body's length, which is the server's business
     */
    public HttpResponse header(String name, String value) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("A header's name is a token, not \"" + name + "\"");
        }
        if (!Tokens.isFieldValue(value)) {
            throw new IllegalArgumentException("The value of " + name + " holds a character that is not allowed there");
        }
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(name + " is set by the server");
        }
        List<Map.Entry<String, String>> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        more.add(Map.entry(name, value));
        return new HttpResponse(status, Collections.unmodifiableList(more), body, file);
    }

    /** This answer with a body, whose bytes are not copied. */
    public HttpResponse body(String contentType, byte[] bytes) {
        HttpResponse typed = header("Content-Type", contentType);
        return new HttpResponse(status, typed.headers, bytes, null);
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The headers in order. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The body, empty where there is none; not a copy. */
    public byte[] body() {
        return body;
    }

    /** This answer with a file as its body, which is sent piece by piece. */
    HttpResponse file(String contentType, FileSource.OnDisk content) {
        HttpResponse typed = header("Content-Type", contentType);
        return new HttpResponse(status, typed.headers, NO_BODY, content);
    }

    /** The headers of this answer with another status. */
    HttpResponse withStatus(int other) {
        return new HttpResponse(other, headers, NO_BODY, null);
    }

    FileSource.@Nullable OnDisk file() {
        return file;
    }

    long bodyLength() {
        return file == null ? body.length : file.length();
    }
}
