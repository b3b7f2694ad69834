package io.posthorn.http;

import io.posthorn.loop.Loop;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Begins a stream on each request, and does things with it on its loop. */
final class StreamOwner implements HttpHandler, HttpStream.Listener {
    private static final long PATIENCE_SECONDS = 20;

    final List<String> told = new CopyOnWriteArrayList<>();
    private final HttpResponse head;
    private final Consumer<HttpStream> begun;
    private final BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();

    /** Writes nothing. */
    StreamOwner() {
        this(HttpResponse.of(200), stream -> {});
    }

    /** Does something with each new stream, in the handler. */
    StreamOwner(HttpResponse head, Consumer<HttpStream> begun) {
        this.head = head;
        this.begun = begun;
    }

    @Override
    public void handle(HttpExchange exchange) {
        HttpStream stream = exchange.stream(head, this);
        begun.accept(stream);
        streams.add(stream);
    }

    @Override
    public void onWritable() {
        told.add("writable");
    }

    @Override
    public void onClosed() {
        told.add("closed");
    }

    /** The next stream that has begun. */
    HttpStream next() throws InterruptedException {
        HttpStream stream = streams.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(stream).isNotNull();
        return stream;
    }

    /** Does something on the loop and waits for it. */
    static <T> T on(Loop loop, Function<HttpStream, T> action, HttpStream stream) {
        return CompletableFuture.supplyAsync(() -> action.apply(stream), loop.eventLoop())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
