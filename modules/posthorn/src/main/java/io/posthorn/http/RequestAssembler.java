package io.posthorn.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Makes one connection's requests out of heads and pieces of bodies, and refuses what a head may not say. */
@OnLoop
final class RequestAssembler {
    private static final byte[] NO_BODY = {};

    private final HttpLimits limits;
    private final ForwardedHeaders forwarded;
    private @Nullable HttpRequest head;
    private @Nullable ByteArrayOutputStream body;

    RequestAssembler(HttpLimits limits, ForwardedHeaders forwarded) {
        this.limits = limits;
        this.forwarded = forwarded;
    }

    /**
     * Begins a request.
     *
     * @return whether the other side waits for {@code 100 Continue} before it sends the body
     * @throws HttpException where the head breaks a rule
     */
    boolean begin(HttpRequest next) {
        HttpHeaders headers = next.headers();
        checkHost(next);
        boolean hasBody = checkLength(headers, limits.maxBody());
        boolean waits = next.protocolVersion().equals(HttpVersion.HTTP_1_1) && expectsContinue(headers);
        head = next;
        return waits && hasBody;
    }

    /** Adds a piece of the body; borrows it. */
    void append(ByteBuf piece) {
        if (!piece.isReadable()) {
            return;
        }
        ByteArrayOutputStream bytes = body == null ? new ByteArrayOutputStream(piece.readableBytes()) : body;
        if (bytes.size() + (long) piece.readableBytes() > limits.maxBody()) {
            throw bodyTooLarge(limits.maxBody());
        }
        try {
            piece.readBytes(bytes, piece.readableBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        body = bytes;
    }

    /**
     * Ends the request.
     *
     * @param wireBytes how many bytes it had on the wire
     */
    io.posthorn.http.HttpRequest finish(InetSocketAddress remoteAddress, boolean secure, long wireBytes) {
        byte[] bytes = body == null ? NO_BODY : body.toByteArray();
        io.posthorn.http.HttpRequest complete = request(remoteAddress, secure, bytes, wireBytes);
        head = null;
        body = null;
        return complete;
    }

    /** The request that has begun, without its body. */
    io.posthorn.http.HttpRequest begun(InetSocketAddress remoteAddress, boolean secure) {
        return request(remoteAddress, secure, NO_BODY, 0);
    }

    private io.posthorn.http.HttpRequest request(
            InetSocketAddress remoteAddress, boolean secure, byte[] bytes, long wireBytes) {
        HttpRequest begun = head;
        if (begun == null) {
            throw new IllegalStateException("no request has begun");
        }
        RequestTarget target = RequestTarget.parse(begun.uri(), begun.method().name());
        Peer direct = new Peer(remoteAddress, secure, RequestHead.host(begun, target));
        Peer peer = forwarded.apply(direct, begun.headers());
        return new io.posthorn.http.HttpRequest(new RequestHead.Parsed(begun, target, peer), bytes, wireBytes);
    }

    /** RFC 9112 3.2: an HTTP/1.1 request has exactly one Host; two are never allowed. */
    private static void checkHost(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean required = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        if (hosts.size() > 1 || (hosts.isEmpty() && required)) {
            throw HttpException.badRequest("a request has exactly one Host header");
        }
        if (!hosts.isEmpty() && !hosts.get(0).isEmpty() && !Origins.isAuthority(hosts.get(0))) {
            throw HttpException.badRequest("the Host header is not a host");
        }
    }

    /** RFC 9112 6.3: exactly one way to tell the body's length. Says whether there is a body at all. */
    private static boolean checkLength(HttpHeaders headers, int maxBody) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        // Netty takes a GET with both of these headers of a draft of 2010 for one with 8 bytes of body.
        if (headers.contains("sec-websocket-key1") && headers.contains("sec-websocket-key2")) {
            throw HttpException.badRequest("a WebSocket handshake of a draft that was never a standard");
        }
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked") || !lengths.isEmpty()) {
                throw HttpException.badRequest("the only Transfer-Encoding is chunked, without Content-Length");
            }
            return true;
        }
        if (lengths.isEmpty()) {
            return false;
        }
        String length = lengths.get(0);
        if (lengths.size() > 1 || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw HttpException.badRequest("Content-Length is one number");
        }
        if (Long.parseLong(length) > maxBody) {
            throw bodyTooLarge(maxBody);
        }
        return Long.parseLong(length) > 0;
    }

    /** RFC 9110 10.1.1: an expectation that is not known is refused; an HTTP/1.0 request's is ignored. */
    private static boolean expectsContinue(HttpHeaders headers) {
        List<String> expectations = headers.getAll(HttpHeaderNames.EXPECT);
        for (String expectation : expectations) {
            if (!expectation.equalsIgnoreCase("100-continue")) {
                throw new HttpException(Refusal.EXPECTATION_FAILED, "the only known expectation is 100-continue");
            }
        }
        return !expectations.isEmpty();
    }

    private static HttpException bodyTooLarge(int maxBody) {
        return new HttpException(Refusal.BODY_TOO_LARGE, "a body of more than " + maxBody + " bytes");
    }
}
