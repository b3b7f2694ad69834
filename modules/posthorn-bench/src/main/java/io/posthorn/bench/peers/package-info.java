/**
 * The peer made of Netty's own WebSocket code: {@code NettyServer} is the program, {@code NettyPipeline} what every
 * connection gets, {@code Everybody} and {@code EncodedOnce} the two ways to send one text to all.
 */
@NullMarked
package io.posthorn.bench.peers;

import org.jspecify.annotations.NullMarked;
