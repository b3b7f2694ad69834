package io.posthorn.playground;

import io.posthorn.Posthorn;
import io.posthorn.http.OriginPolicy;
import io.posthorn.playground.wire.Secrets;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketLimits;
import io.posthorn.websocket.WebSocketOptions;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The echo at {@code /echo}, and {@code /inspect}, where a page is told what stood on the wire of its own echo, which a
 * browser does not show: masks, length forms, fragments, pings. Safe for all threads; what it holds for a page goes with
 * the page's connection.
 *
 * <pre>
 * page      opens /inspect
 * inspector "id TOKEN"
 * page      opens /echo?inspect=TOKEN
 * inspector "handshake\nREQUEST HEAD\n\nRESPONSE HEAD", then each frame as a {@link FrameRecord}
 * page      "fragments TEXT", "ping TEXT", "close CODE REASON": the server does so on the echo
 * inspector "refused WHY", where it cannot
 * </pre>
 */
final class EchoInspector {
    static final String ANSWER = "服务器说：";

    // A reader thinks longer than a connection is usually left alone.
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int MAX_COMMAND = 16 * 1024;

    private final Map<String, Inspection> inspections = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();

    /** Adds both paths: the echo for pages of every origin, the inspector for the server's own. */
    void addTo(Posthorn posthorn) {
        WebSocketLimits limits = WebSocketLimits.defaults().withIdleTimeout(IDLE);
        WebSocketOptions options = WebSocketOptions.defaults();
        posthorn.webSocket("/echo", options.withLimits(limits).withOrigins(OriginPolicy.any()), this::echo);
        posthorn.webSocket("/inspect", options.withLimits(limits.withMaxMessage(MAX_COMMAND)), this::inspect);
    }

    /** How many frames were not told, because their page was too slow to read. */
    long dropped() {
        return dropped.sum();
    }

    /** How many pages look at their echo now. */
    int open() {
        return inspections.size();
    }

    private void echo(WebSocket echo) {
        echo.onText(text -> echo.send(ANSWER + text));
        echo.onBinary(echo::send);
        echo.handshake()
                .request()
                .queryParameter("inspect")
                .map(inspections::get)
                .ifPresent(inspection -> inspection.watch(echo));
    }

    private void inspect(WebSocket page) {
        String token = Secrets.newToken();
        Inspection inspection = new Inspection(page, dropped);
        inspections.put(token, inspection);
        page.onClose((code, reason) -> inspections.remove(token));
        page.onText(inspection::obey);
        page.send("id " + token);
    }
}
