package io.posthorn.feed;

import io.posthorn.http.HttpLimits;
import io.posthorn.http.HttpOptions;
import io.posthorn.http.HttpServer;
import io.posthorn.http.MemoryChannel;
import io.posthorn.loop.EventLoops;
import io.posthorn.loop.IoKind;
import io.posthorn.loop.Loop;
import io.posthorn.loop.Turns;
import io.posthorn.loop.UserThreads;
import io.posthorn.websocket.WebSockets;

import java.util.ArrayList;
import java.util.List;

/** One feed of a server with one loop, and its readers, whose connections are in memory. Its owner closes it. */
final class FeedInMemory implements AutoCloseable {
    private static final String PATH = "/feed";

    private final EventLoops loops = new EventLoops(IoKind.best(), 1);
    private final UserThreads threads = new UserThreads();
    private final Loop loop = loops.all().get(0);
    private final Feed feed;
    private final HttpServer server;
    private final List<MemoryChannel> readers = new ArrayList<>();
    private long published;

    FeedInMemory() {
        Feeds feeds = new Feeds(loops, threads, new WebSockets(loops, threads));
        Feeds.Served<Feed> served = feeds.feed(PATH, FeedOptions.defaults());
        feed = served.feed();
        HttpLimits limits = HttpLimits.defaults().withMaxConnections(10_000, 10_000);
        server = new HttpServer(loops, threads, HttpOptions.defaults().withLimits(limits), served.reads());
    }

    /** Lets so many readers come; returns when they are there. */
    void connect(MeasuredReader reader, int count) {
        loop.eventLoop()
                .submit(() -> {
                    for (int i = 0; i < count; i++) {
                        readers.add(MemoryChannel.connect(server, loop, reader.request(PATH)));
                    }
                })
                .syncUninterruptibly();
    }

    /** Publishes a message so many times, some of them in each turn of the loop, and waits until all readers have them. */
    void publish(String text, int count, int perTurn) throws InterruptedException {
        Turns.run(loop, count / perTurn, () -> {
            for (int i = 0; i < perTurn; i++) {
                feed.publish(text);
            }
        });
        published += (long) count * text.length();
    }

    @Override
    public void close() {
        int present = feed.readers();
        loops.close();
        threads.close();
        if (present != readers.size() || !readers.stream().allMatch(reader -> reader.taken() > published)) {
            throw new IllegalStateException("not everybody has got everything");
        }
    }
}
