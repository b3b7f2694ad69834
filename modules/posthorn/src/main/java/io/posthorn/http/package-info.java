/**
 * One port, HTTP/1.1 requests to handlers, static files, CORS and TLS.
 *
 * <p>The way up: {@link io.posthorn.http.HttpServer} accepts, {@code ConnectionGate} admits, {@code
 * StrictRequestDecoder} (with {@code HeadScanner} before it) lets one well-formed request at a time through, {@code
 * RequestAssembler} gathers it, {@code HttpConnection} holds the lifecycle, {@link io.posthorn.http.Router} finds the
 * {@link io.posthorn.http.HttpHandler} and gives it an {@link io.posthorn.http.HttpExchange}. The way down: an {@link
 * io.posthorn.http.HttpResponse}, put on the wire by {@code ResponseWriter}.
 *
 * <p>What is refused is a {@code HttpException} with a {@link io.posthorn.http.Refusal}: thrown where the rule is broken,
 * answered, counted and closed in {@code HttpConnection}.
 *
 * <p>The package knows nothing of WebSocket: whoever handles an exchange may {@linkplain
 * io.posthorn.http.HttpExchange#upgrade take the connection over}.
 */
@NullMarked
package io.posthorn.http;

import org.jspecify.annotations.NullMarked;
