/**
 * The ways down to one reader, as siblings, and what stands in front of them. What comes up from a reader is no business of
 * this package.
 *
 * <p>{@link io.posthorn.transport.Sequencer} numbers messages, keeps the latest in a log and leaves each in the mailboxes of
 * the loops that want it. A reader's {@link io.posthorn.transport.Outbox} queues them in front of its current {@link
 * io.posthorn.transport.Transport}: {@link io.posthorn.transport.PollTransport}, {@link
 * io.posthorn.transport.StreamTransport} or {@link io.posthorn.transport.WebSocketTransport}. A {@link
 * io.posthorn.transport.Message} is encoded once for each {@link io.posthorn.transport.Form}, whatever the number of its
 * readers; the forms of streams are {@link io.posthorn.transport.EventSourceFraming} and {@link
 * io.posthorn.transport.IframeFraming}.
 */
@NullMarked
package io.posthorn.transport;

import org.jspecify.annotations.NullMarked;
