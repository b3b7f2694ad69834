package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.http.OriginPolicy;
import io.posthorn.websocket.WebSocketOptions;

/** The playground's server: what it serves, and for whom. */
final class Playground {
    private static final String ECHO_PREFIX = "服务器说：";

    private Playground() {}

    /** A server that does not listen yet. */
    static Posthorn create() {
        Posthorn posthorn = Posthorn.create();
        WebSocketOptions open = WebSocketOptions.defaults().withOrigins(OriginPolicy.any());
        posthorn.webSocket("/echo", open, webSocket -> {
            webSocket.onText(text -> webSocket.send(ECHO_PREFIX + text));
            webSocket.onBinary(webSocket::send);
        });
        return posthorn;
    }
}
