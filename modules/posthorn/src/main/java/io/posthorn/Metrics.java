package io.posthorn;

import io.posthorn.PrometheusText.Label;
import io.posthorn.engineio.EngineStats;
import io.posthorn.feed.FeedStats;
import io.posthorn.http.HttpExchange;
import io.posthorn.http.HttpHandler;
import io.posthorn.http.HttpResponse;
import io.posthorn.http.HttpStats;
import io.posthorn.socketio.SocketIoStats;
import io.posthorn.transport.TransportType;
import io.posthorn.websocket.WebSocketStats;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Answers with a server's statistics in Prometheus' text format. */
final class Metrics implements HttpHandler {
    private final Supplier<PosthornStats> stats;

    Metrics(Supplier<PosthornStats> stats) {
        this.stats = stats;
    }

    @Override
    public void handle(HttpExchange exchange) {
        byte[] body = text(stats.get()).getBytes(StandardCharsets.UTF_8);
        exchange.respond(
                HttpResponse.of(200).header("Cache-Control", "no-store").body(PrometheusText.CONTENT_TYPE, body));
    }

    private static String text(PosthornStats stats) {
        PrometheusText text = new PrometheusText();
        writeHttp(stats.http(), text);
        writeWebSocket(stats.webSocket(), text);
        writeFeed(stats.feed(), text);
        writeEngineIo(stats.engineIo(), text);
        writeSocketIo(stats.socketIo(), text);
        return text.toString();
    }

    private static void writeHttp(HttpStats http, PrometheusText text) {
        text.gauge("posthorn_http_connections", "Connections now, upgraded ones too.", http.active())
                .counter("posthorn_http_connections_opened_total", "Connections accepted.", http.opened())
                .counter("posthorn_http_connections_closed_total", "Connections ended.", http.closed())
                .counter("posthorn_http_requests_total", "Requests that reached a handler.", http.requests())
                .counter("posthorn_http_upgrades_total", "Connections that became another protocol.", http.upgrades())
                .counter("posthorn_http_streams_total", "Answers that went on.", http.streams())
                .counter("posthorn_http_abandoned_total", "Requests whose sender left too early.", http.abandoned())
                .counter("posthorn_http_idle_total", "Connections closed for doing nothing.", http.idle())
                .counter("posthorn_http_handler_failures_total", "Handlers that threw.", http.failures());
        HttpStats.Responses responses = http.responses();
        writeResponses("1xx", responses.informational(), text);
        writeResponses("2xx", responses.successful(), text);
        writeResponses("3xx", responses.redirections(), text);
        writeResponses("4xx", responses.clientErrors(), text);
        writeResponses("5xx", responses.serverErrors(), text);
        http.refusals()
                .forEach((refusal, count) -> text.counter(
                        "posthorn_http_refused_total",
                        "Requests and connections refused.",
                        new Label("reason", refusal.name()),
                        count));
    }

    private static void writeResponses(String statusClass, long count, PrometheusText text) {
        text.counter("posthorn_http_responses_total", "Answers sent.", new Label("class", statusClass), count);
    }

    private static void writeWebSocket(WebSocketStats webSocket, PrometheusText text) {
        text.gauge("posthorn_websocket_connections", "WebSockets now.", webSocket.open())
                .counter("posthorn_websocket_opened_total", "WebSockets accepted.", webSocket.opened())
                .counter("posthorn_websocket_closed_total", "WebSockets ended.", webSocket.closed())
                .counter("posthorn_websocket_refused_total", "Handshakes refused.", webSocket.refusedHandshakes())
                .counter("posthorn_websocket_received_total", "Messages received.", webSocket.messagesReceived())
                .counter("posthorn_websocket_sent_total", "Messages sent.", webSocket.messagesSent())
                .counter(
                        "posthorn_websocket_handler_failures_total",
                        "Handlers that threw.",
                        webSocket.handlerFailures());
        writeFailed("protocol_error", webSocket.protocolErrors(), text);
        writeFailed("invalid_payload", webSocket.invalidPayloads(), text);
        writeFailed("policy_violation", webSocket.policyViolations(), text);
        writeFailed("too_big", webSocket.tooBig(), text);
        writeFailed("slow_reader", webSocket.slowReaders(), text);
        writeFailed("idle", webSocket.idleTimeouts(), text);
        writeFailed("close_timeout", webSocket.closeTimeouts(), text);
    }

    private static void writeFailed(String reason, long count, PrometheusText text) {
        text.counter("posthorn_websocket_failed_total", "WebSockets failed.", new Label("reason", reason), count);
    }

    private static void writeFeed(FeedStats feed, PrometheusText text) {
        text.gauge("posthorn_feeds", "Feeds now.", feed.feeds());
        for (TransportType type : TransportType.values()) {
            Label transport = new Label("transport", type.name());
            text.gauge("posthorn_feed_readers", "Readers now.", transport, feed.readers(type));
        }
        for (TransportType type : TransportType.values()) {
            Label transport = new Label("transport", type.name());
            long opened = feed.opened().getOrDefault(type, 0L);
            text.counter("posthorn_feed_readers_total", "Readers that came; each poll is one.", transport, opened);
        }
        text.counter("posthorn_feed_published_total", "Messages published.", feed.published())
                .counter("posthorn_feed_delivered_total", "Messages given to readers.", feed.delivered())
                .counter("posthorn_feed_dropped_total", "Messages dropped for slow readers.", feed.dropped())
                .counter("posthorn_feed_gaps_total", "Gaps that readers were told of.", feed.gaps())
                .counter("posthorn_feed_untold_gaps_total", "Gaps without words for them.", feed.untoldGaps())
                .counter("posthorn_feed_slow_readers_total", "Readers disconnected as too slow.", feed.slowReaders())
                .counter("posthorn_feed_refused_readers_total", "Readers refused.", feed.refusedReaders())
                .counter("posthorn_feed_refused_publishes_total", "Publishing refused.", feed.refusedPublishes())
                .counter("posthorn_feed_source_failures_total", "Sources that threw.", feed.sourceFailures());
    }

    private static void writeEngineIo(EngineStats engine, PrometheusText text) {
        text.gauge("posthorn_engineio_sessions", "Sessions now.", engine.sessions());
        engine.opened().forEach((type, count) -> {
            if (count > 0) {
                Label transport = new Label("transport", type.name());
                text.counter("posthorn_engineio_opened_total", "Sessions opened.", transport, count);
            }
        });
        engine.closed().forEach((reason, count) -> {
            Label why = new Label("reason", reason.name());
            text.counter("posthorn_engineio_closed_total", "Sessions that ended.", why, count);
        });
        engine.refused().forEach((code, count) -> {
            Label label = new Label("code", Integer.toString(code));
            text.counter("posthorn_engineio_refused_total", "Requests refused, by Engine.IO's code.", label, count);
        });
        text.counter("posthorn_engineio_upgrades_total", "Sessions that became WebSockets.", engine.upgrades())
                .counter("posthorn_engineio_failed_upgrades_total", "Upgrades that failed.", engine.failedUpgrades())
                .counter("posthorn_engineio_too_large_total", "POSTs that were too large.", engine.tooLarge())
                .counter("posthorn_engineio_full_total", "Handshakes without room.", engine.full())
                .counter("posthorn_engineio_received_total", "Messages received.", engine.received())
                .counter("posthorn_engineio_sent_total", "Messages sent.", engine.sent())
                .counter("posthorn_engineio_dropped_total", "Volatile messages dropped.", engine.dropped())
                .counter("posthorn_engineio_failures_total", "Listeners and hooks that threw.", engine.failures());
    }

    private static void writeSocketIo(SocketIoStats io, PrometheusText text) {
        text.gauge("posthorn_socketio_sockets", "Sockets now, in all namespaces.", io.sockets())
                .counter("posthorn_socketio_connected_total", "Sockets that connected.", io.connected())
                .counter("posthorn_socketio_disconnected_total", "Sockets that ended.", io.disconnected())
                .counter("posthorn_socketio_refused_total", "Connects that were refused.", io.refusedConnects())
                .counter(
                        "posthorn_socketio_connect_timeouts_total",
                        "Clients without a namespace.",
                        io.connectTimeouts())
                .counter("posthorn_socketio_violations_total", "Clients out of turn.", io.violations())
                .counter("posthorn_socketio_received_total", "Packets received.", io.packetsReceived())
                .counter("posthorn_socketio_sent_total", "Packets sent, each receiver counted.", io.packetsSent())
                .counter("posthorn_socketio_broadcasts_total", "Events sent to many.", io.broadcasts())
                .counter("posthorn_socketio_wrong_arguments_total", "Arguments of a wrong type.", io.wrongArguments())
                .counter("posthorn_socketio_handler_failures_total", "Handlers that threw.", io.handlerFailures());
    }
}
