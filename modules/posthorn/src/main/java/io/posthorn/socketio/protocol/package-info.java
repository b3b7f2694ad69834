/**
 * The packets of Socket.IO, protocol 5, between bytes and values; no I/O, and no socket is needed to test it.
 *
 * <p>A session's {@link io.posthorn.socketio.protocol.PacketDecoder} makes {@link io.posthorn.socketio.protocol.Packet}s of
 * what its client sends, checks them whole, and throws {@link io.posthorn.socketio.protocol.PacketException} at what breaks a
 * rule. The arguments stay bytes, {@link io.posthorn.socketio.protocol.PacketData}, until somebody asks for them as a type.
 * {@link io.posthorn.socketio.protocol.PacketEncoder} makes messages of what the server says, once for all receivers. {@link
 * io.posthorn.socketio.protocol.EventNames} knows the names that are the protocol's own.
 */
@NullMarked
package io.posthorn.socketio.protocol;

import org.jspecify.annotations.NullMarked;
