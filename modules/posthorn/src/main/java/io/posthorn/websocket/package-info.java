/**
 * RFC 6455 (WebSocket) and RFC 7692 (permessage-deflate), by hand, usable alone.
 *
 * <p>The protocol, which knows bytes and no channel: {@link io.posthorn.websocket.FrameHeader} has the picture of a
 * frame, {@link io.posthorn.websocket.FrameDecoder} finds frames in what arrives, {@link
 * io.posthorn.websocket.MessageAssembler} makes messages of them, {@link io.posthorn.websocket.FrameWriter} writes what
 * leaves, {@link io.posthorn.websocket.ClosingHandshake} knows who may still speak, and {@link
 * io.posthorn.websocket.WebSocketEngine} joins them. {@link io.posthorn.websocket.Handshake} answers the request that
 * begins it all, {@link io.posthorn.websocket.DeflateNegotiation} agrees on compression.
 *
 * <p>The way to the network: {@link io.posthorn.websocket.WebSocketHandler} stands alone in the channel's pipeline, until the
 * connection has its bare socket, and {@link io.posthorn.loop.Outbound} sends.
 *
 * <p>What applications use: {@link io.posthorn.websocket.WebSocket}, {@link io.posthorn.websocket.WebSocketOptions},
 * {@link io.posthorn.websocket.WebSocketGroup} and {@link io.posthorn.websocket.PreparedMessage}.
 */
@NullMarked
package io.posthorn.websocket;

import org.jspecify.annotations.NullMarked;
