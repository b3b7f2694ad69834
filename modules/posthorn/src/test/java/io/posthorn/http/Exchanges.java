package io.posthorn.http;

import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.UserThreads;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Exchanges without a connection, for tests of what only reads the request; its owner closes it. */
public final class Exchanges implements AutoCloseable {
    private final EventLoops loops = new EventLoops(IoKind.NIO, 1);
    private final UserThreads threads = new UserThreads();
    private final HttpConnection connection;

    /** For any number of requests. */
    public Exchanges() {
        HttpServer server = new HttpServer(loops, threads, HttpOptions.defaults(), exchange -> {});
        connection = new HttpConnection(
                server,
                new Visit(server, InetSocketAddress.createUnresolved("nobody", 0)),
                loops.all().get(0),
                new StrictRequestDecoder(HttpLimits.defaults()));
    }

    /** The exchange of one request as it stands on the wire, ISO 8859-1; empty where that is not one. */
    public Optional<HttpExchange> of(String request) {
        try (RecordedRequests recorded = new RecordedRequests(HttpLimits.defaults(), ForwardedHeaders.ignored())) {
            return recorded.read(request.getBytes(StandardCharsets.ISO_8859_1)).requests().stream()
                    .findFirst()
                    .map(parsed -> new HttpExchange(connection, parsed));
        }
    }

    @Override
    public void close() {
        loops.close();
        threads.close();
    }
}
