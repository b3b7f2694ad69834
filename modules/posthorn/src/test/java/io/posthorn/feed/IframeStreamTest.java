package io.posthorn.feed;

import io.posthorn.http.OriginPolicy;
import io.posthorn.http.RawClient;
import io.posthorn.transport.Cursor;
import io.posthorn.transport.TransportType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A feed as scripts in a frame's document that does not end. */
@Timeout(60)
class IframeStreamTest {
    private static final String FRAME = "Sec-Fetch-Dest: iframe";

    private final FeedServer server = new FeedServer(FeedOptions.defaults().withCallback("setTime"));
    private final Feed feed = server.feed();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void theDocumentAndOnlyItMayRunItsScripts() {
        try (FeedStream stream = server.stream("/feed", FRAME)) {
            assertThat(stream.head())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains(
                            "\r\nContent-Type: text/html; charset=utf-8\r\n",
                            "\r\nContent-Security-Policy: default-src 'none'; script-src 'unsafe-inline';"
                                    + " frame-ancestors 'self'\r\n",
                            "\r\nCache-Control: no-store, no-transform\r\n",
                            "\r\nX-Accel-Buffering: no\r\n",
                            "\r\nVary: Accept, Prefer, Sec-Fetch-Dest, Origin\r\n",
                            "\r\ntransfer-encoding: chunked\r\n")
                    .containsOnlyOnce("\r\nX-Content-Type-Options: nosniff\r\n");
        }
        feed.publish("one");
        for (String other : List.of("", "?wait=0", "?transport=eventsource", "?transport=iframe&callback=a-b")) {
            try (RawClient client = server.send("/feed" + other)) {
                assertThat(client.head()).doesNotContain("script-src");
            }
        }
    }

    @Test
    void withoutACursorItBeginsAfterNow() {
        feed.publish("before");
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish("after");
            assertThat(stream.chunk()).contains(" parent.setTime(\"after\",{\"id\":\"" + cursor + "\"});\n");
        }
    }

    @Test
    void framesAreForTheAllowedOrigins() {
        OriginPolicy listed = OriginPolicy.of("https://b.example", "https://a.example:8443");
        try (FeedServer any = new FeedServer(FeedOptions.defaults().withOrigins(OriginPolicy.any()));
                FeedServer some = new FeedServer(FeedOptions.defaults().withOrigins(listed));
                FeedStream ofAny = any.stream("/feed", FRAME);
                FeedStream ofSome = some.stream("/feed", FRAME)) {
            assertThat(ofAny.head()).contains("; frame-ancestors *\r\n");
            assertThat(ofSome.head()).contains("; frame-ancestors 'self' https://a.example:8443 https://b.example\r\n");
        }
    }

    @Test
    void thePaddingLetsBrowsersBeginToParseAtOnce() {
        try (FeedStream stream = server.stream("/feed", FRAME)) {
            String prelude = stream.chunk();
            assertThat(prelude).startsWith("<!doctype html>").contains("<meta charset=\"utf-8\">");
            assertThat(prelude.indexOf("<script>")).isGreaterThan(1024);
        }
    }

    @Test
    void aMessageIsAScriptThatCallsThePage() {
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish("12:00");
            assertThat(stream.chunk())
                    .isEqualTo("<script>\n"
                            + "if (sameOrigin && typeof parent.setTime === \"function\")"
                            + " parent.setTime(\"12:00\",{\"id\":\"" + cursor + "\"});\n"
                            + "</script>\n");
            cursor = feed.publish("tick", "12:01");
            assertThat(stream.chunk())
                    .contains(" parent.setTime(\"12:01\",{\"id\":\"" + cursor + "\",\"event\":\"tick\"});\n");
        }
    }

    @Test
    void theAddressNamesAnotherFunction() {
        try (FeedStream stream = begun("/feed?callback=app.clock.setTime")) {
            Cursor cursor = feed.publish("12:00");
            assertThat(stream.chunk())
                    .isEqualTo("<script>\n"
                            + "if (sameOrigin && parent.app && parent.app.clock"
                            + " && typeof parent.app.clock.setTime === \"function\")"
                            + " parent.app.clock.setTime(\"12:00\",{\"id\":\"" + cursor + "\"});\n"
                            + "</script>\n")
                    .doesNotContain("?.");
        }
        try (FeedStream stream = begun("/feed?callback=")) {
            feed.publish("12:01");
            assertThat(stream.chunk()).contains(" parent.setTime(\"12:01\",{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-b",
                "a..b",
                ".a",
                "a.",
                "1a",
                "a.1",
                "a(b)",
                "a[0]",
                "a%20b",
                "a%0Ab",
                "%22",
                "a;b",
                "a%2F%2Fb",
                "%3C%2Fscript%3E",
                "%E2%80%A8",
                "eval",
                "document.write",
                "a.constructor",
                "location"
            })
    void aFunctionThatIsNoDottedIdentifierOrDoesHarmIsRefused(String name) {
        assertThat(server.get("/feed?callback=" + name, FRAME))
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("\r\nContent-Type: text/plain")
                .doesNotContain("<script");
        assertThat(server.stats().refusedReaders()).isEqualTo(1);
    }

    @Test
    void nothingInAMessageLeavesItsString() {
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish("</script><!--<script>-->\u2028\u2029\"\\'\n\r\0");
            assertThat(stream.chunk())
                    .contains(" parent.setTime(\"\\u003C/script\\u003E\\u003C!--\\u003Cscript\\u003E--\\u003E"
                            + "\\u2028\\u2029\\\"\\\\'\\n\\r\\u0000\",{\"id\":\"" + cursor + "\"});\n");
            feed.publish("</script>", Map.of("html", "</script>"));
            assertThat(stream.chunk())
                    .contains("{\\\"html\\\":\\\"\\u003C/script\\u003E\\\"}", "\"event\":\"\\u003C/script\\u003E\"")
                    .containsOnlyOnce("</script>");
        }
    }

    @Test
    void binaryIsBase64AndSaysSo() {
        try (FeedStream stream = begun("/feed")) {
            Cursor cursor = feed.publish("tick", new byte[] {(byte) 0xff, 0, 1});
            assertThat(stream.chunk())
                    .contains(" parent.setTime(\"/wAB\",{\"id\":\"" + cursor
                            + "\",\"event\":\"tick\",\"encoding\":\"base64\"});\n");
        }
    }

    @Test
    void theEnvelopeIsTheFirstArgument() {
        Cursor now = feed.publish("now");
        try (FeedStream stream = server.stream("/feed?envelope=json", FRAME)) {
            assertThat(stream.chunk()).startsWith("<!doctype html>");
            assertThat(stream.chunk()).contains(" parent.setTime(\"{\\\"id\\\":\\\"" + now + "\\\"}\",{");
            Cursor cursor = feed.publish("tick", "one");
            assertThat(stream.chunk())
                    .contains(" parent.setTime(\"{\\\"id\\\":\\\"" + cursor
                            + "\\\",\\\"event\\\":\\\"tick\\\",\\\"data\\\":\\\"one\\\"}\",{");
        }
    }

    @Test
    void onAnotherOriginThePageIsPostedTheMessage() {
        FeedOptions options = FeedOptions.defaults().withCallback("setTime").withOrigins(OriginPolicy.any());
        try (FeedServer any = new FeedServer(options);
                FeedStream stream = any.stream("/feed", FRAME)) {
            assertThat(stream.chunk()).contains("sameOrigin = Boolean(parent.location.origin);");
            any.awaitReaders(1);
            Cursor cursor = any.feed().publish("tick", "12:00");
            String info = "{\"id\":\"" + cursor + "\",\"event\":\"tick\"}";
            assertThat(stream.chunk())
                    .isEqualTo("<script>\n"
                            + "if (sameOrigin && typeof parent.setTime === \"function\")"
                            + " parent.setTime(\"12:00\"," + info + ");\n"
                            + "if (otherOrigin) parent.postMessage({feed:\"/feed\",callback:\"setTime\","
                            + "data:\"12:00\",info:" + info + "},\"*\");\n"
                            + "</script>\n");
        }
    }

    @Test
    void aListedOriginIsPostedToWhereTheAddressNamesIt() {
        OriginPolicy listed =
                OriginPolicy.of("https://a.example", "https://b.example").withCredentials();
        try (FeedServer some = new FeedServer(FeedOptions.defaults().withOrigins(listed));
                FeedStream named = some.stream("/feed?origin=https://b.example", FRAME);
                FeedStream unnamed = some.stream("/feed", FRAME)) {
            assertThat(named.chunk()).startsWith("<!doctype html>");
            assertThat(unnamed.chunk()).startsWith("<!doctype html>");
            some.awaitReaders(2);
            some.feed().publish("12:00");
            assertThat(named.chunk()).contains("parent.postMessage({", "},\"https://b.example\");\n");
            assertThat(unnamed.chunk()).doesNotContain("postMessage");
            assertThat(some.get("/feed?origin=https://c.example", FRAME)).startsWith("HTTP/1.1 403 Forbidden\r\n");
        }
    }

    @Test
    void aPageOfTheServerItselfMayNameItsOwnOrigin() {
        OriginPolicy listed = OriginPolicy.of("https://b.example");
        try (FeedServer some = new FeedServer(FeedOptions.defaults().withOrigins(listed));
                FeedStream own = server.stream("/feed?origin=http://a", FRAME);
                FeedStream ownBesideListed = some.stream("/feed?origin=http://A:80", FRAME)) {
            assertThat(own.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(ownBesideListed.head()).startsWith("HTTP/1.1 200 OK\r\n");
            server.awaitReaders(1);
            feed.publish("12:00");
            own.chunk();
            assertThat(own.chunk()).contains(" parent.setTime(\"12:00\",{").doesNotContain("postMessage");
            assertThat(server.get("/feed?origin=https://a", FRAME)).startsWith("HTTP/1.1 403 Forbidden\r\n");
        }
    }

    @Test
    void byDefaultNoOtherOriginIsPostedTo() {
        try (FeedStream stream = begun("/feed")) {
            feed.publish("12:00");
            assertThat(stream.chunk()).doesNotContain("postMessage");
        }
    }

    @Test
    void aGapIsToldInTheInfoOfTheNextMessageAndNeverByACallOfItsOwn() {
        Cursor last = feed.publish("last");
        try (FeedStream stream = begun("/feed?cursor=gone-7")) {
            Cursor first = last;
            assertThat(stream.chunk())
                    .contains(" parent.setTime(\"last\",{\"id\":\"" + first
                            + "\",\"gap\":{\"after\":\"gone-7\",\"before\":\"" + first + "\"}});\n");
        }
        try (FeedStream stream = begun("/feed?cursor=" + last.at(100))) {
            assertThat(stream.chunk()).contains("\"gap\":{\"after\":\"" + last.at(100) + "\"");
        }
        try (FeedServer empty = new FeedServer();
                FeedStream stream = empty.stream("/feed?cursor=gone-7", FRAME)) {
            assertThat(stream.chunk()).startsWith("<!doctype html>");
            empty.awaitReaders(1);
            Cursor first = empty.feed().publish("first");
            assertThat(stream.chunk())
                    .contains(" parent.onMessage(\"first\",{\"id\":\"" + first
                            + "\",\"gap\":{\"after\":\"gone-7\",\"before\":\"" + first + "\"}});\n");
        }
    }

    @Test
    void aQuietStreamSendsWhatMeansNothing() {
        FeedLimits limits = FeedLimits.defaults();
        try (FeedServer quiet =
                        FeedServer.of(limits.withTimes(limits.maxWait(), Duration.ofMillis(100), limits.retry()));
                FeedStream stream = quiet.stream("/feed", FRAME)) {
            assertThat(stream.chunk()).startsWith("<!doctype html>");
            assertThat(stream.chunk()).isEqualTo("\n");
            assertThat(stream.chunk()).isEqualTo("\n");
        }
    }

    @Test
    void afterSoManyBytesItEndsItselfAndReloadsFromTheCursor() {
        try (FeedServer small = FeedServer.of(FeedLimits.defaults().withStreamBytes(3000))) {
            Cursor start = small.feed().publish("start");
            for (int i = 1; i < 40; i++) {
                small.feed().publish("message " + i + " of ten thousand bytes".repeat(450));
            }
            int next = 1;
            int documents = 0;
            String query = "?cursor=" + start + "&callback=app.show&transport=iframe&x=a%26%22b";
            while (next < 40) {
                documents++;
                try (FeedStream stream = small.stream("/feed" + query)) {
                    assertThat(stream.chunk()).startsWith("<!doctype html>");
                    String chunk = stream.chunk();
                    while (chunk.contains(" parent.app.show(\"message " + next + " of")) {
                        next++;
                        chunk = next < 40 ? stream.chunk() : "";
                    }
                    if (next < 40) {
                        query = "?callback=app.show&transport=iframe&x=a%26%22b&cursor=" + start.at(next);
                        assertThat(chunk).isEqualTo("<script>location.replace(\"" + query + "\");</script>\n");
                        assertThat(stream.rest()).isEqualTo("0\r\n\r\n");
                    }
                }
            }
            assertThat(documents).isGreaterThan(2);
            small.awaitReaders(0);
        }
    }

    @Test
    void aStreamWithoutAMessageHasNoCursorToReloadFromAndGoesOn() {
        FeedLimits limits = FeedLimits.defaults().withStreamBytes(1);
        try (FeedServer quiet =
                        FeedServer.of(limits.withTimes(limits.maxWait(), Duration.ofMillis(100), limits.retry()));
                FeedStream stream = quiet.stream("/feed", FRAME)) {
            assertThat(stream.chunk()).startsWith("<!doctype html>");
            assertThat(stream.chunk()).isEqualTo("\n");
            Cursor cursor = quiet.feed().publish("one");
            assertThat(stream.chunkAfter("\n")).contains("\"one\"");
            assertThat(stream.chunk()).isEqualTo("<script>location.replace(\"?cursor=" + cursor + "\");</script>\n");
            assertThat(stream.rest()).isEqualTo("0\r\n\r\n");
        }
    }

    @Test
    void aReaderThatLeavesIsForgottenAtOnce() {
        FeedStream stream = begun("/feed");
        assertThat(server.stats().readers(TransportType.IFRAME)).isEqualTo(1);
        stream.close();
        server.awaitReaders(0);
        assertThat(server.stats().readers(TransportType.IFRAME)).isZero();
    }

    /** A stream that is ready for what is published from now on. */
    private FeedStream begun(String target) {
        FeedStream stream = server.stream(target, FRAME);
        assertThat(stream.chunk()).startsWith("<!doctype html>");
        server.awaitReaders(TransportType.IFRAME, server.feed().readers());
        return stream;
    }
}
