/**
 * Tests of {@code io.posthorn.feed}, as it stands on the wire: {@code FeedServer} is a server with a feed, {@code FeedStream}
 * reads an answer that goes on, {@code FeedSocket} a WebSocket.
 */
@NullMarked
package io.posthorn.feed;

import org.jspecify.annotations.NullMarked;
