package io.posthorn.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Gives a response the framing that its request calls for (RFC 9112 6 and 9), as a message for Netty's encoder. */
final class ResponseWriter {
    /** A response checks its headers when they are set. */
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final byte[] NO_BODY = {};

    private ResponseWriter() {}

    /**
     * The message to write: the whole answer, or its head only where a file follows.
     *
     * @param request what it answers, or null where the request could not be understood
     * @param keepAlive whether the connection goes on
     */
    static io.netty.handler.codec.http.HttpResponse message(
            HttpResponse response, @Nullable HttpRequest request, boolean keepAlive) {
        io.netty.handler.codec.http.HttpResponse message = isFollowedByFile(response, request)
                ? new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(response), HEADERS)
                : full(response, hasBody(response, request) ? response.body() : NO_BODY);
        HttpHeaders headers = message.headers();
        addHeaders(response, headers);
        if (!neverHasBody(response.status())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.bodyLength());
        }
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request != null && !request.isHttp11()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return message;
    }

    /** Whether the answer's body is a file, to be sent after its head. */
    static boolean isFollowedByFile(HttpResponse response, @Nullable HttpRequest request) {
        return response.file() != null && hasBody(response, request);
    }

    /** The message of an answer after which another protocol begins: as it is given. */
    static FullHttpResponse switching(HttpResponse response) {
        FullHttpResponse message = full(response, NO_BODY);
        addHeaders(response, message.headers());
        return message;
    }

    /** The head of an answer whose body goes on and ends the connection (RFC 9112 6.3). */
    static io.netty.handler.codec.http.HttpResponse streaming(HttpResponse head, boolean chunked) {
        io.netty.handler.codec.http.HttpResponse message =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(head), HEADERS);
        HttpHeaders headers = message.headers();
        addHeaders(head, headers);
        if (chunked) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return message;
    }

    /** Whether whoever answers wants the connection to end with the answer. */
    static boolean closes(HttpResponse response) {
        return response.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** Whether an answer with this status may have a body of any length (RFC 9110 15.3.6 for 205). */
    static boolean mayStream(int status) {
        return !neverHasBody(status) && status != 205;
    }

    private static FullHttpResponse full(HttpResponse response, byte[] body) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status(response), Unpooled.wrappedBuffer(body), HEADERS, HEADERS);
    }

    private static HttpResponseStatus status(HttpResponse response) {
        return HttpResponseStatus.valueOf(response.status());
    }

    private static void addHeaders(HttpResponse response, HttpHeaders headers) {
        response.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
    }

    private static boolean hasBody(HttpResponse response, @Nullable HttpRequest request) {
        return !neverHasBody(response.status()) && (request == null || !request.isHead());
    }

    /** RFC 9110 6.4.1. */
    private static boolean neverHasBody(int status) {
        return status < 200 || status == 204 || status == 304;
    }
}
