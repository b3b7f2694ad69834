package io.posthorn.playground.lab;

import io.posthorn.Posthorn;
import io.posthorn.feed.Feed;
import io.posthorn.feed.FeedLimits;
import io.posthorn.feed.FeedOptions;
import io.posthorn.feed.FeedPattern;
import io.posthorn.http.HttpExchange;
import io.posthorn.playground.wire.Secrets;
import io.posthorn.transport.Overflow;
import io.posthorn.websocket.CloseCode;
import io.posthorn.websocket.WebSocket;
import io.posthorn.websocket.WebSocketLimits;
import io.posthorn.websocket.WebSocketOptions;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The transport lab: a visitor's page opens {@code /lab/visit}, and as long as that is open there is a clock at {@code
 * /lab/clock/{id}}, which the page's readers read over every transport. Each request says by {@code ?reader=} which of the
 * six it is for; all others are answered with 403, so that whatever reads is counted and bounded. Safe for all threads.
 *
 * <p>Nobody needs to close it: it holds nothing without visitors, and all of them leave when the server closes.
 */
public final class Lab {
    private static final int MAX_COMMAND = 1024;
    private static final int MIB = 1024 * 1024;
    private static final int SHARE_OF_HEAP = 4;

    // A visit ends its feed itself: nobody may have used a clock that stands still for hours.
    private static final FeedLimits CLOCK = FeedLimits.defaults()
            .withBuffer(Reservation.MESSAGES, 10L * MIB)
            .withQueue(Reservation.QUEUE)
            .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(1))
            .withStreamBytes(4L * MIB)
            .withFeeds(2 * LabLimits.DEFAULTS.visits(), Duration.ofDays(1));

    private final Map<String, Visit> visits = new ConcurrentHashMap<>();
    private final LabThreads threads = LabThreads.create();
    private final LongAdder lost = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Budget budget;
    private final LabLimits limits;
    private final FeedPattern clocks;

    private Lab(Posthorn posthorn, Budget budget, LabLimits limits) {
        this.budget = budget;
        this.limits = limits;
        // Whoever is too slow is let go, and misses nothing: the log has what did not wait.
        FeedOptions options = FeedOptions.defaults()
                .withLimits(CLOCK)
                .withOverflow(Overflow.DISCONNECT)
                .withReading(this::mayRead);
        clocks = posthorn.feeds("/lab/clock/{id}", options, this::forgetUnlessVisited);
        WebSocketLimits commands = WebSocketLimits.defaults().withMaxMessage(MAX_COMMAND);
        posthorn.webSocket("/lab/visit", WebSocketOptions.defaults().withLimits(commands), this::visit);
    }

    /** Adds the lab's paths to a server. */
    public static Lab addTo(Posthorn posthorn) {
        return addTo(posthorn, new Budget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP), LabLimits.DEFAULTS);
    }

    static Lab addTo(Posthorn posthorn, Budget budget, LabLimits limits) {
        return new Lab(posthorn, budget, limits);
    }

    /** How many visitors are there now. */
    int visits() {
        return visits.size();
    }

    /** How many requests of all readers have a connection now. */
    int live() {
        return visits.values().stream()
                .mapToInt(visit -> visit.readers().live())
                .sum();
    }

    /** How often a page was not told something because it did not read. */
    long lost() {
        return lost.sum();
    }

    /** How many visitors were turned away. */
    long refused() {
        return refused.sum();
    }

    private boolean mayRead(HttpExchange exchange) {
        Visit visit = visits.get(exchange.pathParameter("id").orElse(""));
        return visit != null && visit.mayRead(exchange.queryParameter("reader").orElse(""), exchange);
    }

    private void visit(WebSocket socket) {
        String id = Secrets.newToken();
        Page page = new Page(socket, lost);
        Reservation reservation = new Reservation(budget);
        Visit visit = new Visit(page, clocks.feed(id), reservation, threads, limits);
        if (!admit(id, visit, reservation)) {
            refused.increment();
            page.tell("full", true);
            socket.close(CloseCode.TRY_AGAIN_LATER, "too many visitors");
            return;
        }
        socket.onText(visit::obey);
        socket.onWritable(visit::catchUp);
        socket.onClose((code, reason) -> leave(id, visit));
        visit.begin(id);
    }

    private synchronized boolean admit(String id, Visit visit, Reservation reservation) {
        long ofAddress = visits.values().stream()
                .filter(other -> other.address().equals(visit.address()))
                .count();
        if (visits.size() >= limits.visits()
                || ofAddress >= limits.visitsPerAddress()
                || !reservation.tryReserve(Settings.FIRST.payload())) {
            return false;
        }
        visits.put(id, visit);
        return true;
    }

    private void leave(String id, Visit visit) {
        visits.remove(id);
        visit.end();
    }

    /** A request that was let in just before a visit ended may have made its feed anew just behind that. */
    private void forgetUnlessVisited(Feed feed) {
        threads.clocks()
                .schedule(
                        () -> {
                            if (!visits.containsKey(feed.parameter("id").orElse(""))) {
                                feed.end();
                            }
                        },
                        1,
                        TimeUnit.SECONDS);
    }
}
