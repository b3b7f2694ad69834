package io.posthorn.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
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

    private ResponseWriter() {}

    /**
     * The message to write.
     *
     * @param request what it answers, or null where the request could not be understood
     * @param keepAlive whether the connection goes on
     */
    static FullHttpResponse message(HttpResponse response, @Nullable HttpRequest request, boolean keepAlive) {
        boolean withoutBody = (request != null && request.isHead()) || neverHasBody(response.status());
        ByteBuf content = withoutBody ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), content, HEADERS, HEADERS);
        HttpHeaders headers = message.headers();
        response.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        if (!neverHasBody(response.status())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request != null && !request.isHttp11()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return message;
    }

    /** The message of an answer after which another protocol begins: as it is given. */
    static FullHttpResponse switching(HttpResponse response) {
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.EMPTY_BUFFER,
                HEADERS,
                HEADERS);
        response.headers().forEach(header -> message.headers().add(header.getKey(), header.getValue()));
        return message;
    }

    /** RFC 9110 6.4.1. */
    private static boolean neverHasBody(int status) {
        return status < 200 || status == 204 || status == 304;
    }
}
