package io.posthorn.socketio;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What is asked for is answered, however the application or its server fares. */
class LateAnswersTest {
    @Test
    void aRefusalWhoseDataCannotBeWrittenIsToldWithoutIt() {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onError((socket, failure) -> failures.add(failure));
            server.io().use((socket, next) -> next.refuse("nope", new Object()));
            try (WireClient client = server.client()) {
                assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"nope\"}");
                assertThat(client.send("40").next()).isEqualTo("44{\"message\":\"nope\"}");
            }
            assertThat(failures).hasSize(2).allMatch(IllegalArgumentException.class::isInstance);
        }
    }

    @Test
    void anEventIsNotHandledWhoseMiddlewareGoesOnAfterItsSocketHasEnded() throws Exception {
        BlockingQueue<Next> late = new LinkedBlockingQueue<>();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Socket> ended = new CompletableFuture<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(socket -> {
                ended.complete(socket);
                socket.use((event, next) -> late.add(next));
                socket.on("e", event -> seen.add("event"));
                socket.onDisconnect((reason, description) -> seen.add("disconnect"));
            });
            try (WireClient client = server.connected()) {
                client.send("42[\"e\"]");
                Next next = late.poll(20, TimeUnit.SECONDS);
                client.send("41");
                await().until(() -> seen.contains("disconnect"));
                next.proceed();
                // The loop has been there when it answers what came behind.
                assertThat(client.send("40/nowhere,").next()).startsWith("44/nowhere,");
                ended.join().loop().eventLoop().submit(() -> {}).get();
                assertThat(seen).containsExactly("disconnect");
            }
        }
    }

    @Test
    void whoAsksForAnAcknowledgementWhenTheServerHasClosedIsToldSo() {
        CompletableFuture<Socket> ended = new CompletableFuture<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(ended::complete);
            server.connected().close();
            await().until(ended::isDone);
        }
        assertThatThrownBy(() -> ended.join()
                        .emitWithAck("e")
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(AcknowledgementException.class);
    }

    @Test
    void aTimeoutHasItsBounds() {
        CompletableFuture<Socket> known = new CompletableFuture<>();
        try (SocketIoServer server = new SocketIoServer()) {
            server.io().onConnection(known::complete);
            try (WireClient client = server.connected()) {
                await().until(known::isDone);
                Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
                assertThatThrownBy(() -> known.join().timeout(forever)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> SocketIoOptions.defaults().withConnectTimeout(forever))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(client.send("40/nowhere,").next()).startsWith("44/nowhere,");
            }
        }
    }
}
