/**
 * Rooms and delivery: who is in which room, and the way of one message to all who shall get it.
 *
 * <p>A {@link io.posthorn.socketio.adapter.Member} is what a socket is to this package. {@link
 * io.posthorn.socketio.adapter.Adapter} is the seam for clusters, {@link io.posthorn.socketio.adapter.LocalAdapter} the
 * one of a single server: it leaves each operation in the mailbox of every loop, and {@code LoopRooms} carries it out
 * there on the loop's own {@code RoomIndex}, plain collections without a lock. An {@link
 * io.posthorn.socketio.adapter.Audience} says who is meant.
 */
@NullMarked
package io.posthorn.socketio.adapter;

import org.jspecify.annotations.NullMarked;
