package io.posthorn.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

import java.net.InetSocketAddress;

/** What a request says before its body, and who says it: as it was taken apart, or folded together to be kept. */
sealed interface RequestHead permits RequestHead.Parsed, KeptHead {
    /** The request line and the headers. */
    HttpRequest message();

    /** The target, taken apart. */
    RequestTarget target();

    /** Who asks, and for which host. */
    Peer peer();

    /** The client's address, as in {@link #peer}. */
    InetSocketAddress address();

    /** The same in little memory. */
    KeptHead kept();

    /** The host and port that a head names, empty where it names none. */
    static String host(HttpRequest message, RequestTarget target) {
        String authority = target.authority();
        return authority == null ? message.headers().get(HttpHeaderNames.HOST, "") : authority;
    }

    /** The request line and the header lines as text, lines ended by LF. */
    static String text(HttpRequest message) {
        StringBuilder text = new StringBuilder(256)
                .append(message.method().name())
                .append(' ')
                .append(message.uri())
                .append(' ')
                .append(message.protocolVersion().text())
                .append('\n');
        message.headers()
                .forEach(header -> text.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append('\n'));
        return text.toString();
    }

    /** As it was taken apart. */
    record Parsed(HttpRequest message, RequestTarget target, Peer peer) implements RequestHead {
        @Override
        public InetSocketAddress address() {
            return peer.address();
        }

        @Override
        public KeptHead kept() {
            return new KeptHead(message, peer, peer.host().equals(host(message, target)));
        }
    }
}
