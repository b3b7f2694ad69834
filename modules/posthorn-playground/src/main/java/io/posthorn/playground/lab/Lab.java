package io.posthorn.playground.lab;

import io.posthorn.Posthorn;
import io.posthorn.feed.FeedLimits;
import io.posthorn.feed.FeedOptions;
import io.posthorn.feed.FeedPattern;
import io.posthorn.playground.wire.Secrets;
import io.posthorn.websocket.CloseCode;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketLimits;
import io.posthorn.websocket.WebSocketOptions;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The transport lab: a visitor's page opens {@code /lab/visit}, and as long as that is open there is a clock at {@code
 * /lab/clock/{id}}, which the page reads over every transport. Safe for all threads. Nobody needs to close it: it holds
 * nothing without visitors, and all of them leave when the server closes.
 */
public final class Lab {
    private static final int MAX_VISITS = 200;
    private static final int MAX_COMMAND = 1024;
    private static final int MIB = 1024 * 1024;

    // A minute's absence at ten messages a second can be made up for.
    private static final FeedLimits CLOCK = FeedLimits.defaults()
            .withBuffer(600, 10L * MIB)
            .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(1))
            .withStreamBytes(4L * MIB)
            .withFeeds(2 * MAX_VISITS, Duration.ofMinutes(10));

    private final Map<String, Visit> visits = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timers = timers();
    private final FeedPattern clocks;

    private Lab(Posthorn posthorn) {
        clocks = posthorn.feeds("/lab/clock/{id}", FeedOptions.defaults().withLimits(CLOCK), feed -> {});
        WebSocketLimits limits = WebSocketLimits.defaults().withMaxMessage(MAX_COMMAND);
        posthorn.webSocket("/lab/visit", WebSocketOptions.defaults().withLimits(limits), this::visit);
    }

    /** Adds the lab's paths to a server. */
    public static Lab addTo(Posthorn posthorn) {
        return new Lab(posthorn);
    }

    /** How many visitors are there now. */
    int visits() {
        return visits.size();
    }

    private void visit(WebSocket socket) {
        String id = Secrets.newToken();
        Page page = new Page(socket);
        Visit visit = new Visit(page, clocks.feed(id), timers);
        if (!admit(id, visit)) {
            page.tell("full", true);
            socket.close(CloseCode.TRY_AGAIN_LATER, "too many visitors");
            return;
        }
        socket.onText(visit::obey);
        socket.onWritable(visit::tellSettings);
        socket.onClose((code, reason) -> leave(id, visit));
        visit.begin(id);
    }

    private synchronized boolean admit(String id, Visit visit) {
        if (visits.size() >= MAX_VISITS) {
            return false;
        }
        visits.put(id, visit);
        return true;
    }

    private void leave(String id, Visit visit) {
        visits.remove(id);
        visit.end();
    }

    /** One thread for all visitors, which is there only while something is to be done. */
    private static ScheduledThreadPoolExecutor timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "posthorn-lab");
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(1, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
        return timers;
    }
}
