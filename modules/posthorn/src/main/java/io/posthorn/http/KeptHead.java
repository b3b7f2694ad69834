package io.posthorn.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A head as long as a connection that lives long keeps it: its lines in one array, a tenth of what the same takes as objects.
 * It is taken apart again each time that somebody asks. Immutable, for all threads.
 *
 * <pre>
 *   GET /chat HTTP/1.1 LF     0x80 example.com LF    x-own: value LF
 *                             |                      |
 *                             a name of the list     any other one: a name holds no byte over 0x7f
 * </pre>
 */
final class KeptHead implements RequestHead {
    private static final int FIRST_CODE = 0x80;
    /** As browsers and their like write them. A code is its place: this is kept in memory only, and may change. */
    private static final List<String> NAMES = List.of(
            "Host",
            "Upgrade",
            "Connection",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Extensions",
            "Sec-WebSocket-Protocol",
            "Origin",
            "User-Agent",
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Cache-Control",
            "Pragma",
            "Cookie",
            "Authorization",
            "Referer",
            "Sec-Fetch-Dest",
            "Sec-Fetch-Mode",
            "Sec-Fetch-Site",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Real-IP");

    private static final Map<String, Integer> CODES = codes();

    private final byte[] lines;
    private final InetSocketAddress address;
    private final boolean secure;
    /** The host where the lines do not name it, but a proxy has. */
    private final @Nullable String otherHost;

    /**
     * Folds a head together.
     *
     * @param namesHost whether the peer's host is the one that the message names
     */
    KeptHead(HttpRequest message, Peer peer, boolean namesHost) {
        this.lines = fold(message);
        this.address = peer.address();
        this.secure = peer.secure();
        this.otherHost = namesHost ? null : peer.host();
    }

    private static byte[] fold(HttpRequest message) {
        ByteArrayOutputStream folded = new ByteArrayOutputStream(256);
        append(folded, message.method().name());
        folded.write(' ');
        append(folded, message.uri());
        folded.write(' ');
        append(folded, message.protocolVersion().text());
        folded.write('\n');
        message.headers().forEach(header -> {
            Integer code = CODES.get(header.getKey());
            if (code == null) {
                append(folded, header.getKey());
                folded.write(':');
            } else {
                folded.write(code);
            }
            append(folded, header.getValue());
            folded.write('\n');
        });
        return folded.toByteArray();
    }

    /** The decoder makes one character of each byte, in names, values and target alike. */
    private static void append(ByteArrayOutputStream folded, String text) {
        folded.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public HttpRequest message() {
        String text = new String(lines, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        int method = text.indexOf(' ');
        int version = text.lastIndexOf(' ', end) + 1;
        return new DefaultHttpRequest(
                HttpVersion.valueOf(text.substring(version, end)),
                HttpMethod.valueOf(text.substring(0, method)),
                text.substring(method + 1, version - 1),
                headers(text, end + 1));
    }

    private static HttpHeaders headers(String text, int begin) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        int from = begin;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int code = text.charAt(from) - FIRST_CODE;
            int colon = code < 0 ? text.indexOf(':', from) : from;
            String name = code < 0 ? text.substring(from, colon) : NAMES.get(code);
            headers.add(name, text.substring(colon + 1, end));
            from = end + 1;
        }
        return headers;
    }

    @Override
    public RequestTarget target() {
        return target(message());
    }

    @Override
    public Peer peer() {
        HttpRequest message = message();
        String host = otherHost == null ? RequestHead.host(message, target(message)) : otherHost;
        return new Peer(address, secure, host);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public KeptHead kept() {
        return this;
    }

    private static RequestTarget target(HttpRequest message) {
        return RequestTarget.parse(message.uri(), message.method().name());
    }

    private static Map<String, Integer> codes() {
        Map<String, Integer> codes = new HashMap<>();
        NAMES.forEach(name -> codes.put(name, FIRST_CODE + codes.size()));
        return Map.copyOf(codes);
    }
}
