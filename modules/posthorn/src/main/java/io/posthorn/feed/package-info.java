/**
 * Named sequences of messages with a bounded replay buffer, read over any transport.
 *
 * <p>An application has a {@link io.posthorn.feed.Feed}, or many by a {@link io.posthorn.feed.FeedPattern}, made as {@link
 * io.posthorn.feed.FeedOptions} say. {@link io.posthorn.feed.FeedHandler} decides with each request which transport it asks
 * for, as {@link io.posthorn.feed.FeedRequest} has read it, and gives it a {@link io.posthorn.feed.FeedReader}, which
 * replays what was missed and then belongs to the {@link io.posthorn.feed.Audience} of its loop. {@link
 * io.posthorn.feed.LiveFeed} is what a feed is while anyone uses it; a {@link io.posthorn.feed.FeedRegistry} makes and frees
 * them. {@link io.posthorn.feed.PublishHandler} takes messages by POST, {@link io.posthorn.feed.Ticker} makes them by a
 * clock, {@link io.posthorn.feed.Envelope} puts everything that a message has into JSON.
 */
@NullMarked
package io.posthorn.feed;

import org.jspecify.annotations.NullMarked;
