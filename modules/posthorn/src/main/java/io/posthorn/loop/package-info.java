/**
 * Who runs what: event loops, and on each loop one mailbox and one timer wheel; and the threads for handlers that
 * block.
 *
 * <p>{@link io.posthorn.loop.EventLoops} starts the loops of one server. Each {@link io.posthorn.loop.Loop} owns a
 * {@link io.posthorn.loop.Mailbox} (the only way in from other threads), a {@link io.posthorn.loop.TimerWheel} (the
 * way to wait; a {@link io.posthorn.loop.DeadlineQueue} where all wait equally long) and two buffers: one that its
 * WebSockets read into, and one that its connections gather in what they send. What happens with every message is counted by
 * a {@link io.posthorn.loop.LoopCounter}.
 *
 * <p>{@link io.posthorn.loop.HandlerQueue} keeps the order of one connection's events while they run on {@link
 * io.posthorn.loop.UserThreads}. {@link io.posthorn.loop.UserCalls} decides with each call where it runs, by what {@link
 * io.posthorn.loop.HandlerSites} and their watchdog have found out. {@link io.posthorn.loop.LoopFuture} refuses to be
 * waited for on a loop.
 *
 * <p>A connection that is not HTTP's any more has a {@link io.posthorn.loop.Wire}: its channel, or, where that has nothing to
 * add, the bare socket that {@link io.posthorn.loop.SocketTakeover} takes out of it. {@link io.posthorn.loop.Outbound} is the
 * way out by it.
 */
@NullMarked
package io.posthorn.loop;

import org.jspecify.annotations.NullMarked;
