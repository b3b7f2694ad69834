package io.posthorn.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;

/** What becomes of a connection when an exchange is answered by more than a response: another protocol, or a stream. */
@OnLoop
final class Succession {
    private final HttpConnection connection;
    private final HttpExchange exchange;

    /** What one exchange may become. */
    Succession(HttpConnection connection, HttpExchange exchange) {
        this.connection = connection;
        this.exchange = exchange;
    }

    /** Another protocol, on the same loop. */
    void upgrade(HttpResponse response, ChannelHandler next) {
        if (connection.isAnswering(exchange)) {
            writeSwitch(response);
            giveWay(next);
            // Not before: who hears of the upgrade relies on what the next handler does first.
            channel().flush();
        }
    }

    /** Another protocol, on another loop. */
    void move(HttpResponse response, Loop home, ChannelHandler next, Runnable onSettled) {
        if (!connection.isAnswering(exchange)) {
            onSettled.run();
            return;
        }
        LoopMove move = new LoopMove(connection, home, next, onSettled);
        channel().config().setAutoRead(false);
        ChannelFuture written = writeSwitch(response);
        connection.giveWay(exchange, move);
        move.begin(written);
        channel().flush();
    }

    /** A body that goes on; nothing where the other side has left. */
    HttpStream stream(HttpResponse head, HttpStream.Listener listener) {
        HttpServer server = connection.server();
        boolean chunked = exchange.request().isHttp11();
        ChannelHandlerContext context = connection.context();
        if (!connection.isAnswering(exchange)) {
            return HttpStream.missed(connection.loop(), context, chunked, listener);
        }
        server.counters().streams.increment();
        keep(head.status());
        context.write(ResponseWriter.streaming(head, chunked));
        HttpStreamHandler handler = new HttpStreamHandler(connection.loop(), chunked, listener);
        giveWay(handler);
        if (exchange.request().isHead()) {
            handler.stream().endUnmarked();
        }
        return handler.stream();
    }

    private ChannelFuture writeSwitch(HttpResponse response) {
        connection.server().counters().upgrades.increment();
        keep(response.status());
        return connection.context().write(ResponseWriter.switching(response));
    }

    private void giveWay(ChannelHandler next) {
        // First, since the next handler may not want to be read for yet.
        channel().config().setAutoRead(true);
        connection.giveWay(exchange, next);
    }

    /** Counts the answer, and the exchange for as long as the connection lasts. */
    private void keep(int status) {
        connection.server().counters().responded(status);
        connection.visit().keep(exchange.request().remoteAddress());
    }

    private Channel channel() {
        return connection.channel();
    }
}
