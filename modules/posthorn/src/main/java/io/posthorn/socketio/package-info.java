/**
 * Socket.IO (protocol 5, today's clients) as applications use it: namespaces, sockets, rooms, events and acknowledgements.
 *
 * <p>{@link io.posthorn.socketio.SocketIo} is one server; a {@link io.posthorn.socketio.Namespace} has middleware and
 * connection handlers; a {@link io.posthorn.socketio.Socket} is one client in one namespace, which gets {@link
 * io.posthorn.socketio.Event}s and may be in rooms; a {@link io.posthorn.socketio.BroadcastOperator} says who is to get an
 * event. Inside, a {@code Client} is one Engine.IO session with its sockets. Who is in which room is the business of the
 * {@code adapter}, how packets look that of the {@code protocol}, how they travel that of {@code engineio}.
 *
 * <p>Handlers find their thread by themselves: each begins on its socket's event loop, which is the fastest, and is moved to
 * threads that may block once it was seen to block. {@link io.posthorn.socketio.EventHandler} tells how to declare it.
 */
@NullMarked
package io.posthorn.socketio;

import org.jspecify.annotations.NullMarked;
