package io.posthorn.bench.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** Sends the texts of each connection to all. Lives on the one event loop. */
interface FanOut {
    /** The handler of a connection that has become a WebSocket; from now on it gets what the others send. */
    ChannelHandler join(Channel channel);
}
