package io.posthorn.engineio;

import io.posthorn.http.RawClient;
import io.posthorn.transport.Outbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import static io.posthorn.engineio.EngineClient.body;
import static io.posthorn.engineio.EngineClient.head;
import static io.posthorn.engineio.EngineClient.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What strangers try with sessions, each tried here, and that nothing comes of it. */
class AttacksTest {
    private static final String POLLING = "EIO=4&transport=polling";
    private static final String WEB_SOCKET = "EIO=4&transport=websocket";
    private static final String EVIL = "Origin: https://evil.example";
    private static final String FORBIDDEN = "{\"code\":4,\"message\":\"Forbidden\"}";
    private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

    private final Recorder sessions = new Recorder();
    private final EngineHost host = new EngineHost(EngineOptions.defaults(), sessions);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aPageOfAnotherOriginNeitherReadsNorWritesNorUpgradesASessionThatItKnows() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();

            assertThat(body(client.answerOf("GET", "", EVIL))).isEqualTo(FORBIDDEN);
            assertThat(status(client.answerOf("POST", "4forged", EVIL))).isEqualTo(403);
            assertThat(handshake(WEB_SOCKET + "&sid=" + client.sid(), EVIL)).contains(FORBIDDEN);

            client.post("4own");
            assertThat(session.next()).isEqualTo("own");
            assertThat(session.rest()).isEmpty();
        }
    }

    @Test
    void whoKnowsTheIdOfASessionOverWebSocketTakesNothingFromIt() {
        try (EngineFrames victim = EngineFrames.connect(host.port(), WEB_SOCKET)) {
            RecordedSession session = sessions.next();
            String sid = EngineClient.sid(victim.next());
            try (EngineClient attacker = new EngineClient(host.port(), sid);
                    EngineFrames second = attacker.webSocket()) {
                second.send("2probe").expectClose("close");
                assertThat(body(attacker.answerOf("GET", ""))).isEqualTo(BAD_REQUEST);
                assertThat(body(attacker.post("4forged"))).isEqualTo(BAD_REQUEST);
            }
            session.send("secret");
            victim.expect("4secret").send("4own");
            assertThat(session.next()).isEqualTo("own");
            assertThat(session.ends()).isEmpty();
        }
    }

    @Test
    void aWebSocketsHandshakeSetsNoCookieAndTakesNoIdAndNamesNoServer() {
        String headers = "Cookie: io=fixed";
        try (RawClient client = new RawClient(host.port()).send(EngineFrames.handshake(WEB_SOCKET, headers))) {
            assertThat(client.head())
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("\r\nset-cookie:")
                    .doesNotContainIgnoringCase("\r\nserver:");
            assertThat(client.until("}")).contains("\"sid\":\"").doesNotContain("fixed");
        }
    }

    @Test
    void twoTabsOfOneBrowserHaveTwoSessions() {
        String first = EngineClient.get(host, POLLING, "Cookie: io=a");
        String cookie = "Cookie: io=" + EngineClient.sid(first);

        assertThat(EngineClient.sid(EngineClient.get(host, POLLING, cookie))).isNotEqualTo(EngineClient.sid(first));
        assertThat(host.engine().sessions()).isEqualTo(2);
    }

    @Test
    void nothingIsCompressedUnlessTheApplicationWantsIt() {
        assertThat(handshakeHead(WEB_SOCKET, "Sec-WebSocket-Extensions: permessage-deflate"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
    }

    @Test
    void aCompressedPostIsNotInflated() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            byte[] bomb = gzip("4" + "x".repeat(900_000));
            String request = "POST /engine.io/?" + POLLING + "&sid=" + client.sid() + " HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n";

            assertThat(status(client.connect().send(request).send(bomb).answer()))
                    .isEqualTo(400);
            await().until(() -> !session.ends().isEmpty());
            assertThat(session.rest()).isEmpty();
        }
    }

    @Test
    void manyPostsWithoutASessionLeaveNothing() {
        try (RawClient client = new RawClient(host.port())) {
            for (int i = 0; i < 500; i++) {
                client.send(EngineClient.request("POST", POLLING, "40"));
                assertThat(status(client.answer())).isEqualTo(400);
            }
            assertThat(host.engine().sessions()).isZero();
            assertThat(host.heartbeats()).isZero();
        }
    }

    @Test
    void aHandshakeThatNobodyComesBackToIsWatched() {
        EngineClient.get(host, POLLING);

        assertThat(host.engine().sessions()).isOne();
        assertThat(host.heartbeats()).isOne();
    }

    @Test
    void oneAddressHasPartOfTheSessionsOnly() {
        EngineOptions options =
                EngineOptions.defaults().withLimits(EngineLimits.defaults().withMaxSessions(10, 2));
        try (EngineHost few = new EngineHost(options, sessions)) {
            assertThat(status(EngineClient.get(few, POLLING))).isEqualTo(200);
            assertThat(status(EngineClient.get(few, POLLING))).isEqualTo(200);
            assertThat(status(EngineClient.get(few, POLLING))).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=4&transport=__proto__",
                "EIO=4&transport=constructor",
                "EIO=4&transport[]=polling",
                "EIO=4&transport=polling%00",
                "EIO[]=4&transport=polling",
                "EIO=__proto__&transport=polling",
                POLLING + "&sid=__proto__",
                POLLING + "&sid=constructor",
                POLLING + "&sid=%00",
                POLLING + "&sid=%ff%fe",
                POLLING + "&sid=%F0%9F%98%80",
                WEB_SOCKET + "&sid=toString"
            })
    void craftedQueriesAreRefusedAndDoNoHarm(String query) {
        assertThat(status(EngineClient.get(host, query))).isEqualTo(400);
        assertThat(host.engine().sessions()).isZero();
        assertThat(host.stats().failures()).isZero();
        assertThat(status(EngineClient.get(host, POLLING))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short"
            })
    void aBrokenWebSocketHandshakeForASessionHoldsNothingUp(String headers) {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            String request = EngineClient.request(
                    "GET",
                    WEB_SOCKET + "&sid=" + client.sid(),
                    "",
                    "Connection: Upgrade\r\nUpgrade: websocket\r\n" + headers);
            try (RawClient broken = new RawClient(host.port()).send(request)) {
                assertThat(status(broken.answer())).isBetween(400, 426);
            }
            client.post("4a");
            assertThat(session.next()).isEqualTo("a");
            session.send("b");
            assertThat(client.poll()).isEqualTo("4b");
            try (EngineFrames frames = client.upgrade()) {
                frames.send("4c");
                assertThat(session.next()).isEqualTo("upgraded");
                assertThat(session.next()).isEqualTo("c");
            }
        }
    }

    @Test
    void anOriginWithControlCharactersIsABadRequest() {
        assertThat(status(EngineClient.get(host, POLLING, "Origin: http://a\u0001")))
                .isEqualTo(400);
        assertThat(host.engine().sessions()).isZero();
    }

    @Test
    void aFrameThatBreaksARuleEndsItsOwnSession() {
        try (EngineFrames other = EngineFrames.connect(host.port(), WEB_SOCKET);
                RawClient broken = new RawClient(host.port()).send(EngineFrames.handshake(WEB_SOCKET))) {
            RecordedSession kept = sessions.next();
            RecordedSession ended = sessions.next();
            if (!kept.session().id().equals(EngineClient.sid(other.next()))) {
                RecordedSession swapped = kept;
                kept = ended;
                ended = swapped;
            }
            broken.head();
            broken.send(new byte[] {(byte) 0x81, 0x01, '4'}); // RFC 6455 5.1: a client's frame is masked
            assertThat(broken.until("\u0003\u00ea")).endsWith("\u0088\u0002\u0003\u00ea"); // 1002

            RecordedSession gone = ended;
            await().until(() -> !gone.ends().isEmpty());
            other.send("4alive");
            assertThat(kept.next()).isEqualTo("alive");
        }
    }

    @Test
    void aMessageOfTinyFragmentsIsCutOff() {
        try (RawClient client = new RawClient(host.port()).send(EngineFrames.handshake(WEB_SOCKET))) {
            client.head();
            client.until("}");
            ByteArrayOutputStream fragments = new ByteArrayOutputStream();
            fragments.writeBytes(new byte[] {0x01, (byte) 0x81, 0, 0, 0, 0, '4'});
            for (int i = 0; i < 5_000; i++) {
                fragments.writeBytes(new byte[] {0x00, (byte) 0x81, 0, 0, 0, 0, 'x'});
            }
            client.send(fragments.toByteArray());

            assertThat(client.until("\u0003\u00f0")).endsWith("\u0088\u0002\u0003\u00f0"); // 1008
            await().until(() -> host.engine().sessions() == 0);
        }
    }

    @Test
    void aPostThatIsLargerThanTheServerTakesDoesItsSessionNoHarm() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            String head = "POST /engine.io/?" + POLLING + "&sid=" + client.sid() + " HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Length: 50000000\r\n\r\n4";
            assertThat(status(client.connect().send(head).answer())).isEqualTo(413);

            assertThat(body(client.post("4small"))).isEqualTo("ok");
            assertThat(session.next()).isEqualTo("small");
        }
    }

    @Test
    void aPostOfNothingButSeparatorsIsOneViolation() {
        try (EngineClient client = EngineClient.open(host)) {
            RecordedSession session = sessions.next();
            assertThat(body(client.post(EngineClient.SEPARATOR.repeat(900_000))))
                    .isEqualTo("ok");

            await().until(() -> !session.ends().isEmpty());
            assertThat(session.ends()).containsExactly("parse error");
            assertThat(client.pollStatus()).isEqualTo(400);
        }
    }

    @Test
    void aClientThatDoesNotReadItsWebSocketIsClosed() {
        EngineOptions options =
                EngineOptions.defaults().withLimits(EngineLimits.defaults().withQueueBytes(100_000));
        try (EngineHost narrow = new EngineHost(options, sessions);
                EngineFrames silent = EngineFrames.connect(narrow.port(), WEB_SOCKET)) {
            RecordedSession session = sessions.next();
            String message = "x".repeat(50_000);
            await().until(() -> {
                session.onLoop(() -> {
                    session.offer(message, Outbox.Delivery.CERTAIN);
                    session.session().flush();
                });
                return !session.ends().isEmpty();
            });
            assertThat(session.ends()).containsExactly("too slow");
            await().until(() -> narrow.engine().sessions() == 0);
            assertThat(silent.head()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void pollsAndPostsShareAConnection() {
        try (RawClient client = new RawClient(host.port())) {
            String open = client.send(EngineClient.request("GET", POLLING, "")).answer();
            RecordedSession session = sessions.next();
            String target = POLLING + "&sid=" + EngineClient.sid(body(open));
            assertThat(head(open)).doesNotContainIgnoringCase("\r\nconnection: close");
            for (int i = 0; i < 10; i++) {
                String posted = client.send(EngineClient.request("POST", target, "4" + i))
                        .answer();
                assertThat(body(posted)).isEqualTo("ok");
                session.send(session.next());
                assertThat(body(client.send(EngineClient.request("GET", target, ""))
                                .answer()))
                        .isEqualTo("4" + i);
            }
        }
        await().until(() -> host.connections() == 0);
    }

    private String handshake(String query, String... headers) {
        try (RawClient client = new RawClient(host.port())) {
            return client.send(EngineFrames.handshake(query, headers)).answer();
        }
    }

    private String handshakeHead(String query, String... headers) {
        try (RawClient client = new RawClient(host.port())) {
            return client.send(EngineFrames.handshake(query, headers)).head();
        }
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }
}
