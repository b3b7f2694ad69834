package io.posthorn.http;

import java.net.InetSocketAddress;

/**
 * Who asks, and for which host: as the socket and the request say, or as a trusted proxy says.
 *
 * @param address the client's; port 0 where a proxy tells it
 * @param secure whether the client came over TLS
 * @param host the host and port that it asked for, empty where it named none
 */
record Peer(InetSocketAddress address, boolean secure, String host) {}
