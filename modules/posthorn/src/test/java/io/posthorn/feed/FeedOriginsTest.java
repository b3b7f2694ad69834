package io.posthorn.feed;

import io.posthorn.http.OriginPolicy;
import io.posthorn.http.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pages may read a feed, and publish to it. */
@Timeout(60)
class FeedOriginsTest {
    private static final String STRANGER = "Origin: https://stranger.example";
    private static final String FRIEND = "Origin: https://friend.example";
    private static final String ALLOW = "\r\nAccess-Control-Allow-Origin: ";
    private static final String[] HANDSHAKE = {
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w=="
    };

    @ParameterizedTest
    @ValueSource(strings = {"short", "long", "iframe", "eventsource", "websocket"})
    void byDefaultOnlyThePagesOfTheServerItselfMayReadByAnyTransport(String transport) {
        try (FeedServer server = new FeedServer()) {
            String target = "/feed?wait=0&transport=" + transport;
            int well = transport.equals("websocket") ? 101 : 200;
            server.feed().publish("one");
            assertThat(head(server, target, STRANGER))
                    .startsWith("HTTP/1.1 403 Forbidden\r\n")
                    .doesNotContain(ALLOW);
            assertThat(head(server, target, "Origin: null")).startsWith("HTTP/1.1 403 ");
            assertThat(head(server, target, "Origin: https://a")).startsWith("HTTP/1.1 403 ");
            assertThat(server.stats().refusedReaders()).isEqualTo(3);
            well = transport.equals("long") ? 204 : well;
            assertThat(head(server, target, "Origin: http://a"))
                    .startsWith("HTTP/1.1 " + well + " ")
                    .doesNotContain(ALLOW);
            assertThat(head(server, target, "X-Origin: none")).startsWith("HTTP/1.1 " + well + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "long", "iframe", "eventsource", "websocket"})
    void aFeedMayBeOpenToAll(String transport) {
        try (FeedServer server = new FeedServer(FeedOptions.defaults().withOrigins(OriginPolicy.any()))) {
            String answer = head(server, "/feed?wait=0&transport=" + transport, STRANGER);
            assertThat(answer).matches("(?s)HTTP/1.1 (101|200|204) .*");
            if (!transport.equals("websocket")) {
                assertThat(answer)
                        .contains(ALLOW + "*\r\n", "\r\nAccess-Control-Expose-Headers: ETag, Event, Gap,")
                        .doesNotContain("Allow-Credentials");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "long", "iframe", "eventsource", "websocket"})
    void aFeedMayBeOpenToNamedOrigins(String transport) {
        OriginPolicy listed = OriginPolicy.of("https://friend.example");
        try (FeedServer server = new FeedServer(FeedOptions.defaults().withOrigins(listed))) {
            String target = "/feed?wait=0&transport=" + transport;
            assertThat(head(server, target, STRANGER))
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContain(ALLOW);
            String answer = head(server, target, FRIEND);
            assertThat(answer).matches("(?s)HTTP/1.1 (101|200|204) .*");
            if (!transport.equals("websocket")) {
                assertThat(answer)
                        .contains(ALLOW + "https://friend.example\r\n")
                        .contains("\r\nVary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n")
                        .containsOnlyOnce("\r\nVary: ")
                        .doesNotContain("Allow-Credentials");
            }
        }
    }

    @Test
    void credentialsAreForOriginsThatAreListedByName() {
        OriginPolicy listed = OriginPolicy.of("https://friend.example").withCredentials();
        try (FeedServer server = new FeedServer(FeedOptions.defaults().withOrigins(listed))) {
            assertThat(server.get("/feed", FRIEND))
                    .contains(ALLOW + "https://friend.example\r\n", "\r\nAccess-Control-Allow-Credentials: true\r\n");
            assertThat(server.get("/feed", "Origin: http://a")).doesNotContain("Allow-Credentials");
        }
    }

    @Test
    void aPageOfAnotherOriginCannotPublishWithoutBeingAsked() {
        FeedOptions open = FeedOptions.defaults().withPublishing(PublishAuthorizer.anyone());
        try (FeedServer server = new FeedServer(open)) {
            assertThat(server.post("forged", "Content-Type: text/plain", STRANGER))
                    .startsWith("HTTP/1.1 403 Forbidden\r\n");
            assertThat(server.stats().published()).isZero();
            assertThat(server.post("own", "Content-Type: text/plain", "Origin: http://a"))
                    .startsWith("HTTP/1.1 200 OK\r\n");
        }
        try (FeedServer server = new FeedServer(open.withOrigins(OriginPolicy.any()))) {
            assertThat(server.post("open", "Content-Type: text/plain", STRANGER))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains(ALLOW + "*\r\n", "\r\nAccess-Control-Expose-Headers: ETag\r\n");
        }
    }

    @Test
    void aPreflightIsAnsweredForTheHeadersThatAPublisherSends() {
        FeedOptions open = FeedOptions.defaults()
                .withPublishing(PublishAuthorizer.anyone())
                .withOrigins(OriginPolicy.of("https://friend.example"));
        try (FeedServer server = new FeedServer(open);
                RawClient client = server.connect()) {
            client.send(FeedServer.request(
                    "OPTIONS",
                    "/feed",
                    FRIEND,
                    "Access-Control-Request-Method: POST",
                    "Access-Control-Request-Headers: content-type, event"));
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 204 ")
                    .contains(
                            ALLOW + "https://friend.example\r\n",
                            "\r\nAccess-Control-Allow-Methods: GET, HEAD, OPTIONS, POST\r\n",
                            "\r\nAccess-Control-Allow-Headers: content-type, event\r\n");
        }
    }

    private static String head(FeedServer server, String target, String header) {
        String[] headers = {header};
        if (target.endsWith("websocket")) {
            headers = Stream.concat(Arrays.stream(HANDSHAKE), Stream.of(header)).toArray(String[]::new);
        }
        try (RawClient client = server.send(target, headers)) {
            return client.head();
        }
    }
}
