package io.posthorn.feed;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.http.RawClient;
import io.posthorn.transport.TransportType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/** A server with one loop and a feed at {@code /feed}, and requests to it as they stand on the wire; its owner closes it. */
final class FeedServer implements AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(15);

    private final Posthorn posthorn;
    private final Feed feed;
    private final int port;

    FeedServer() {
        this(FeedOptions.defaults());
    }

    FeedServer(FeedOptions options) {
        this(PosthornOptions.defaults(), options);
    }

    FeedServer(PosthornOptions server, FeedOptions options) {
        posthorn = Posthorn.create(server.withLoops(1).withCloseDeadline(CLOSE_DEADLINE));
        feed = posthorn.feed("/feed", options);
        try {
            port = posthorn.listen("127.0.0.1", 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** With limits that differ from the usual. */
    static FeedServer of(FeedLimits limits) {
        return new FeedServer(FeedOptions.defaults().withLimits(limits));
    }

    Posthorn posthorn() {
        return posthorn;
    }

    Feed feed() {
        return feed;
    }

    int port() {
        return port;
    }

    FeedStats stats() {
        return posthorn.stats().feed();
    }

    RawClient connect() {
        return new RawClient(port);
    }

    /** A connection on which a request was sent. */
    RawClient send(String target, String... headers) {
        return connect().send(request("GET", target, headers));
    }

    /** The answer to a request, on a connection of its own. */
    String get(String target, String... headers) {
        try (RawClient client = send(target, headers)) {
            return client.answer();
        }
    }

    /** The answer to a {@code POST} on the feed's path. */
    String post(String body, String... headers) {
        return post("/feed", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The answer to a {@code POST}. */
    String post(String path, byte[] body, String... headers) {
        try (RawClient client = connect()) {
            String head = request("POST", path, headers);
            client.send(head.substring(0, head.length() - 2) + "Content-Length: " + body.length + "\r\n\r\n");
            return client.send(body).answer();
        }
    }

    /** An answer that goes on. */
    FeedStream stream(String target, String... headers) {
        return new FeedStream(send(target, headers));
    }

    FeedStream eventSource(String target, String... headers) {
        RawClient client = connect();
        String head = request("GET", target, headers);
        return new FeedStream(client.send(head.substring(0, head.length() - 2) + "Accept: text/event-stream\r\n\r\n"));
    }

    FeedSocket webSocket(String target, String... headers) {
        return FeedSocket.connect(connect(), target, headers);
    }

    /**
     * Returns when there are so many readers and each is ready for what is published next: they have come in turns of the one
     * loop that are over when it answers a request.
     */
    void awaitReaders(int count) {
        await().until(() -> feed.readers() == count);
        get("/nothing");
    }

    void awaitReaders(TransportType type, int count) {
        await().until(() -> stats().readers(type) == count);
        get("/nothing");
    }

    @Override
    public void close() {
        posthorn.close();
    }

    /** The cursor in an answer's head. */
    static String etag(String answer) {
        String name = "\r\nETag: \"";
        int start = answer.indexOf(name) + name.length();
        return answer.substring(start, answer.indexOf('"', start));
    }

    /** A text's UTF-8 as bare sockets show it. */
    static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String request(String method, String target, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }
}
