/**
 * One port, HTTP/1.1 requests to handlers, static files, CORS and TLS.
 *
 * <p>The way up: {@link io.posthorn.http.HttpServer} accepts what {@code ConnectionGate} admits; {@code
 * StrictRequestDecoder}, with {@code HeadScanner} before Netty's parser, lets one well-formed request at a time through;
 * {@code RequestAssembler} gathers and checks it; {@code HttpConnection} holds the lifecycle; {@link
 * io.posthorn.http.Router} finds the {@link io.posthorn.http.HttpHandler}, which gets an {@link
 * io.posthorn.http.HttpExchange}. The way down: an {@link io.posthorn.http.HttpResponse}, framed by {@code
 * ResponseWriter}; a large file follows its head by {@code FileSender}, and a body that goes on is an {@link
 * io.posthorn.http.HttpStream}.
 *
 * <p>What a peer does wrong is a {@code HttpException} with a {@link io.posthorn.http.Refusal}: thrown where the rule is
 * broken, answered, counted and closed in {@code HttpConnection}. What a handler does wrong ends in {@code
 * HandlerBoundary}.
 *
 * <p>The package knows nothing of WebSocket: whoever handles an exchange may {@linkplain
 * io.posthorn.http.HttpExchange#upgrade take the connection over}.
 */
@NullMarked
package io.posthorn.http;

import org.jspecify.annotations.NullMarked;
