package io.posthorn.socketio;

import io.posthorn.http.RawClient;
import io.posthorn.loop.HandlerThread;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client can make a server keep, or do, and no more. */
class ClientLimitsTest {
    private static final SocketIoOptions BLOCKING = SocketIoOptions.defaults().withHandlers(HandlerThread.BLOCKING);
    private static final String SEPARATOR = "\u001e";
    private static final int MANY = 8;
    private static final int TIMES = 200;

    private final AtomicInteger entered = new AtomicInteger();
    private final Semaphore mayGoOn = new Semaphore(0);

    @Test
    void aClientThatComesAndGoesIsNotReadWhileMiddlewareRunsForIt() {
        try (SocketIoServer server = new SocketIoServer(BLOCKING);
                RawClient client = new RawClient(server.port())) {
            blockMiddleware(server);
            client.send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n");
            String sid = client.answer().replaceAll("(?s).*\"sid\":\"([^\"]*)\".*", "$1");
            String body = ("40" + SEPARATOR + "41" + SEPARATOR).repeat(TIMES) + "40";
            client.send("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                    + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            await().until(() -> entered.get() == MANY);
            for (int next = MANY + 1; next <= TIMES + 1; next++) {
                mayGoOn.release();
                int expected = next;
                await().until(() -> entered.get() >= expected);
                assertThat(entered).hasValue(expected);
            }
            mayGoOn.release(MANY);
            assertThat(client.answer()).endsWith("ok");
        } finally {
            mayGoOn.release(TIMES);
        }
    }

    @Test
    void aClientThatComesAndGoesTooOftenInOneReadIsClosed() {
        try (SocketIoServer server = new SocketIoServer(BLOCKING);
                RawClient client = new RawClient(server.port())) {
            blockMiddleware(server);
            client.send(("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==\r\n\r\n"
                            + (frame("40") + frame("41")).repeat(TIMES))
                    .getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> server.io().stats().violations() == 1);
            mayGoOn.release(TIMES);
            await().until(() -> server.io().clients() == 0);
            assertThat(entered.get()).isLessThan(TIMES / 2);
        } finally {
            mayGoOn.release(TIMES);
        }
    }

    private void blockMiddleware(SocketIoServer server) {
        server.io().use((socket, next) -> {
            entered.incrementAndGet();
            mayGoOn.acquire();
            next.proceed();
        });
    }

    /** A text frame, its mask all zero. */
    private static String frame(String text) {
        return "\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
    }
}
