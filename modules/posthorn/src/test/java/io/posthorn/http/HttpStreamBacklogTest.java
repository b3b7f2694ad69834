package io.posthorn.http;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.posthorn.loop.IoKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What waits in a stream, and what it costs while nothing does. */
class HttpStreamBacklogTest {
    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void aClientThatDoesNotReadIsToldOfAndGetsEverythingLater(IoKind kind) throws Exception {
        StreamOwner owner = new StreamOwner();
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            client.get("/").head();
            HttpStream stream = owner.next();
            int pieces = StreamOwner.on(server.loop(), HttpStreamBacklogTest::writeUntilItIsTooMuch, stream);
            StreamOwner.on(server.loop(), HttpStreamBacklogTest::end, stream);
            for (int i = 0; i < pieces; i++) {
                assertThat(client.bytes(6 + 10_000 + 2)).isEqualTo("2710\r\n" + piece(i) + "\r\n");
            }
            assertThat(client.rest()).isEqualTo("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void whenLittleWaitsAStreamIsWritableAgainOnce(IoKind kind) throws Exception {
        StreamOwner owner = new StreamOwner();
        try (TestServer server = on(kind, owner);
                RawClient client = server.connect()) {
            client.get("/").head();
            HttpStream stream = owner.next();
            long mark = StreamOwner.on(server.loop(), HttpStream::progressMark, stream);
            // More than the system takes for both sockets.
            String body = "x".repeat(32 * 1024 * 1024);
            StreamOwner.on(server.loop(), begun -> write(begun, body), stream);
            assertThat(StreamOwner.on(server.loop(), HttpStream::isWritable, stream))
                    .isFalse();
            assertThat(owner.told).isEmpty();

            assertThat(client.bytes(9 + body.length() + 2).equals("2000000\r\n" + body + "\r\n"))
                    .isTrue();
            await().until(() -> owner.told.contains("writable"));
            await().until(() -> StreamOwner.on(server.loop(), HttpStream::backlog, stream) == 0);
            assertThat(StreamOwner.on(server.loop(), HttpStream::isWritable, stream))
                    .isTrue();
            assertThat(StreamOwner.on(server.loop(), HttpStream::progressMark, stream))
                    .isGreaterThan(mark);
            assertThat(owner.told).containsExactly("writable");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
    void anIdleStreamOwnsNoBufferAndNoTimer(IoKind kind) throws Exception {
        int streams = 200;
        StreamOwner owner = new StreamOwner();
        List<RawClient> clients = new ArrayList<>();
        HttpOptions options =
                HttpOptions.defaults().withLimits(HttpLimits.defaults().withMaxConnections(2 * streams, 2 * streams));
        Assumptions.assumeTrue(kind.isAvailable());
        try (TestServer server = TestServer.on(kind, options, owner)) {
            long before = directBuffers();
            for (int i = 0; i < streams; i++) {
                RawClient client = server.connect();
                clients.add(client);
                client.get("/").head();
                StreamOwner.on(server.loop(), stream -> write(stream, "one"), owner.next());
                assertThat(client.send("dropped").bytes(8)).isEqualTo("3\r\none\r\n");
            }
            assertThat(server.stats().active()).isEqualTo(streams);
            // The loop keeps a few for itself.
            assertThat(directBuffers() - before).isLessThan(streams / 4);
            assertThat(server.loop()
                            .eventLoop()
                            .submit(() -> server.loop().timers().waiting())
                            .get())
                    .isZero();
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private static long directBuffers() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    private static TestServer on(IoKind kind, HttpHandler handler) {
        Assumptions.assumeTrue(kind.isAvailable());
        return TestServer.on(kind, HttpOptions.defaults(), handler);
    }

    private static HttpStream write(HttpStream stream, String text) {
        stream.write(HttpStream.chunk(text.getBytes(StandardCharsets.ISO_8859_1)));
        stream.flush();
        return stream;
    }

    private static HttpStream end(HttpStream stream) {
        stream.end();
        return stream;
    }

    /** How many pieces were written until the stream was not writable any more. */
    private static int writeUntilItIsTooMuch(HttpStream stream) {
        int pieces = 0;
        while (stream.isWritable()) {
            write(stream, piece(pieces++));
        }
        assertThat(stream.backlog()).isGreaterThan(64 * 1024);
        return pieces;
    }

    private static String piece(int number) {
        return String.format("%010d", number).repeat(1000);
    }
}
