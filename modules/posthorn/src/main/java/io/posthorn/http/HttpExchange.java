package io.posthorn.http;

import io.netty.channel.ChannelHandler;
import io.posthorn.loop.Loop;
import io.posthorn.loop.OnLoop;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request and the way to answer it, exactly once. The request's parts may be read, and the answer given, from any
 * thread.
 */
public final class HttpExchange {
    private final HttpConnection connection;
    private final HttpRequest request;
    private final AtomicBoolean answered = new AtomicBoolean();
    private Map<String, String> pathParameters = Map.of();
    private OriginPolicy policy = OriginPolicy.sameOrigin();
    private @Nullable Runnable onAbandoned;
    private boolean tapped;
    private boolean abandoned;

    HttpExchange(HttpConnection connection, HttpRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /** The request, to keep longer than the exchange. */
    public HttpRequest request() {
        return request;
    }

    /** The method, as it was sent. */
    public String method() {
        return request.method();
    }

    /** The path, percent-decoded and without dot segments; an encoded slash stays {@code %2F}. */
    public String path() {
        return request.path();
    }

    /** The request target, as it was sent. */
    public String target() {
        return request.target();
    }

    /** The query's names and values, decoded, in order. */
    public Map<String, List<String>> query() {
        return request.query();
    }

    /** The first value of a query parameter. */
    public Optional<String> queryParameter(String name) {
        return request.queryParameter(name);
    }

    /** What stands in the path where the route's pattern has {@code {name}}, decoded. */
    public Optional<String> pathParameter(String name) {
        return Optional.ofNullable(pathParameters.get(name));
    }

    /** All path parameters. */
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return request.header(name);
    }

    /** All values of a header, in order. */
    public List<String> headers(String name) {
        return request.headers(name);
    }

    /** All headers in order, their names in lower case. */
    public Map<String, List<String>> headers() {
        return request.headers();
    }

    /** The request line and the header lines as text, lines ended by LF, for showing. */
    public String requestHead() {
        return request.headText();
    }

    /** The body, empty where there is none; not a copy. */
    public byte[] body() {
        return request.body();
    }

    /** The client's address; where forwarded headers are trusted, the one that they tell, with port 0. */
    public InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    /** Whether the client came over TLS (to a trusted proxy, if there is one). */
    public boolean isSecure() {
        return request.isSecure();
    }

    /** The host and port that the client asked for, empty where an HTTP/1.0 request names none. */
    public String host() {
        return request.host();
    }

    /** Whether the version is 1.1, else it is 1.0. */
    public boolean isHttp11() {
        return request.isHttp11();
    }

    /** Which pages may use the path: the policy of the route that matched, by default only the server's own. */
    public OriginPolicy origins() {
        return policy;
    }

    /** The loop that the connection lives on. */
    public Loop loop() {
        return connection.loop();
    }

    /**
     * Answers. Where the other side has left meanwhile, nothing happens.
     *
     * @throws IllegalStateException where the exchange is answered or upgraded already
     */
    public void respond(HttpResponse response) {
        if (response.status() < 200) {
            throw new IllegalArgumentException("An answer's status is 200 or more, not " + response.status());
        }
        if (!offer(response)) {
            throw new IllegalStateException("This exchange is answered already");
        }
    }

    /** Whether an answer was given, or the connection handed over. */
    public boolean isAnswered() {
        return answered.get();
    }

    /**
     * What to do when the other side leaves before the answer; runs on the loop, once. It replaces what was set before.
     * Where the other side is gone already, it runs soon; where the answer was given, never.
     */
    public void onAbandoned(Runnable action) {
        loop().mailbox().execute(() -> {
            if (abandoned) {
                action.run();
            } else {
                onAbandoned = action;
            }
        });
    }

    /**
     * Shows what leaves for this exchange from now on to a tap and, where it becomes a stream or another protocol, what
     * passes either way. From any thread.
     *
     * @throws IllegalStateException where the exchange has a tap already
     */
    public synchronized void tap(WireTap tap) {
        if (tapped) {
            throw new IllegalStateException("This exchange has a tap already");
        }
        tapped = true;
        loop().mailbox().execute(() -> connection.tap(this, tap));
    }

    /**
     * Ends the connection at once and without a word, also where the exchange has become a stream or another protocol
     * since. Where it was answered, and the connection serves other requests, nothing happens. From any thread.
     */
    public void cut() {
        loop().mailbox().execute(() -> connection.cut(this));
    }

    /**
     * Hands the connection to another protocol: writes the answer, takes everything that is HTTP out of the pipeline and
     * adds a handler as its last. Bytes that came behind the request reach that handler as a {@code channelRead}, during
     * this call. From now on the connection belongs to it.
     *
     * @throws IllegalStateException where the exchange is answered or upgraded already
     */
    @OnLoop
    public void upgrade(HttpResponse switchingProtocols, ChannelHandler next) {
        succession().upgrade(switchingProtocols, next);
    }

    /**
     * As {@link #upgrade(HttpResponse, ChannelHandler)}, on a connection that moves to another loop first: only there the
     * handler is added, and gets what came meanwhile. Where the other side leaves before, it never is.
     *
     * @param home where the connection is to live
     * @param onSettled run when the handler was added, or it is certain that it never will be; on the loop where that is
     *     found out
     * @throws IllegalStateException where the exchange is answered or upgraded already
     */
    @OnLoop
    public void upgrade(HttpResponse switchingProtocols, Loop home, ChannelHandler next, Runnable onSettled) {
        if (home == loop()) {
            upgrade(switchingProtocols, next);
            onSettled.run();
        } else {
            succession().move(switchingProtocols, home, next, onSettled);
        }
    }

    /**
     * Answers with a body that goes on. The connection belongs to the stream from now on and ends with it; what the client
     * sends behind the request is dropped. Where the client has left meanwhile, or the request is {@code HEAD}, the stream
     * has ended already.
     *
     * @param head the answer without a body
     * @throws IllegalArgumentException where it has a body, or a status whose answer has none
     * @throws IllegalStateException where the exchange is answered or upgraded already
     */
    @OnLoop
    public HttpStream stream(HttpResponse head, HttpStream.Listener listener) {
        if (head.bodyLength() > 0 || !ResponseWriter.mayStream(head.status())) {
            throw new IllegalArgumentException("The head of a stream has no body, and a status that allows one");
        }
        return succession().stream(policy.apply(request, head), listener);
    }

    /** What whoever takes the connection's socket out of its channel must run, once, when the connection has ended. */
    @OnLoop
    public Runnable departure() {
        return connection.visit();
    }

    /** Takes the one answer that there is for what follows HTTP. */
    private Succession succession() {
        if (!answered.compareAndSet(false, true)) {
            throw new IllegalStateException("This exchange is answered already");
        }
        return new Succession(connection, this);
    }

    /** Answers unless that was done already. */
    boolean offer(HttpResponse response) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        HttpResponse complete = policy.apply(request, response);
        if (loop().inLoop()) {
            connection.answer(this, complete);
        } else {
            loop().mailbox().execute(() -> connection.answer(this, complete));
        }
        return true;
    }

    /** The other side has left. */
    @OnLoop
    void abandon() {
        abandoned = true;
        if (onAbandoned != null) {
            onAbandoned.run();
        }
    }

    /** Gives the exchange to a handler on a thread that may block. */
    void handOver(HttpHandler blocking) {
        connection.handOver(this, blocking);
    }

    @OnLoop
    void matched(Map<String, String> parameters, OriginPolicy routePolicy) {
        pathParameters = parameters;
        policy = routePolicy;
    }
}
