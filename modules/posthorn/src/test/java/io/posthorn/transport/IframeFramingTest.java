package io.posthorn.transport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IframeFramingTest {
    private static final Cursor EIGHT = new Cursor("k3", 8);
    private static final Gap GAP = new Gap(new Cursor("k3", 4), EIGHT);
    private static final Framing SAME_ORIGIN = framing("setTime", null);
    private static final Framing ANY_ORIGIN = framing("setTime", "*");

    /** Everything in one text, as an envelope has it. */
    private static final Content ENVELOPE = new Content() {
        @Override
        public Payload of(Message message) {
            return Payload.json("{\"id\":1}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean isEnvelope() {
            return true;
        }
    };

    @Test
    void onlyThisDocumentsInlineScriptsRun() {
        assertThat(SAME_ORIGIN.headers())
                .containsOnly(
                        Map.entry("Content-Type", "text/html; charset=utf-8"),
                        Map.entry("X-Content-Type-Options", "nosniff"),
                        Map.entry(
                                "Content-Security-Policy",
                                "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'self'"),
                        Map.entry("Cache-Control", "no-store, no-transform"),
                        Map.entry("X-Accel-Buffering", "no"));
        assertThat(SAME_ORIGIN.type()).isEqualTo(TransportType.IFRAME);
    }

    @Test
    void theDocumentBeginsWithMoreThanABrowserWaitsFor() {
        String prelude = new String(SAME_ORIGIN.prelude(), StandardCharsets.UTF_8);
        assertThat(prelude).startsWith("<!doctype html>\n").contains("<meta charset=\"utf-8\">");
        assertThat(prelude.indexOf("<script")).isGreaterThan(1024);
    }

    @Test
    void thePathInTheTitleIsText() {
        Framing framing = IframeFraming.of(
                Content.PLAIN, new IframeFraming.Options("/</title><b>&lt;", "setTime", null, "'self'", Map.of()));
        assertThat(framing.prelude())
                .asString(StandardCharsets.UTF_8)
                .contains("<title>/&lt;/title>&lt;b>&amp;lt;</title>");
    }

    @Test
    void itsFirstScriptFindsOutWhereItIs() {
        assertThat(SAME_ORIGIN.prelude()).asString(StandardCharsets.UTF_8).endsWith("""
                <script>
                var sameOrigin = false;
                var otherOrigin = false;
                if (parent !== self) {
                  try {
                    sameOrigin = Boolean(parent.location.origin);
                  } catch (refused) {
                  }
                  otherOrigin = !sameOrigin;
                }
                </script>
                """);
    }

    @Test
    void aMessageIsACallAsAPersonWouldWriteIt() {
        assertThat(wire(SAME_ORIGIN, message(null, "12:00:00"))).isEqualTo("""
                <script>
                if (sameOrigin && typeof parent.setTime === "function") parent.setTime("12:00:00",{"id":"k3-8"});
                </script>
                """);
    }

    @Test
    void aPageOfAnotherOriginIsPostedTheSame() {
        assertThat(wire(ANY_ORIGIN, message("tick", "12:00:00"))).isEqualTo("""
                <script>
                if (sameOrigin && typeof parent.setTime === "function") parent.setTime("12:00:00",{"id":"k3-8","event":"tick"});
                if (otherOrigin) parent.postMessage({feed:"/clock",callback:"setTime",data:"12:00:00",info:{"id":"k3-8","event":"tick"}},"*");
                </script>
                """);
        assertThat(wire(framing("setTime", "https://a.example"), message(null, "")))
                .contains("info:{\"id\":\"k3-8\"}},\"https://a.example\");\n");
    }

    @Test
    void noPartOfADottedCallbackNeedBeThere() {
        assertThat(wire(framing("app.clock.setTime", null), message(null, ""))).isEqualTo("""
                <script>
                if (sameOrigin && parent.app && parent.app.clock && typeof parent.app.clock.setTime === "function") parent.app.clock.setTime("",{"id":"k3-8"});
                </script>
                """);
    }

    @Test
    void bytesAreBase64AndSaySo() {
        Message bytes = Message.of(null, Payload.binary(new byte[] {0, 1, (byte) 0xff, (byte) 0xfe}))
                .at(EIGHT);
        assertThat(wire(SAME_ORIGIN, bytes))
                .contains("parent.setTime(\"AAH//g==\",{\"id\":\"k3-8\",\"encoding\":\"base64\"});");
    }

    @Test
    void jsonIsItsText() {
        Message json = Message.of(null, Payload.json("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        assertThat(wire(SAME_ORIGIN, json)).contains("parent.setTime(\"{\\\"a\\\":1}\",{});");
    }

    @Test
    void aGapIsToldWithTheNextMessage() {
        assertThat(wire(SAME_ORIGIN, message(null, "a").withGap(GAP)))
                .contains("parent.setTime(\"a\",{\"id\":\"k3-8\",\"gap\":{\"after\":\"k3-4\",\"before\":\"k3-8\"}});");
        assertThat(wire(SAME_ORIGIN, message(null, "a").withGap(new Gap(null, EIGHT))))
                .contains("{\"id\":\"k3-8\",\"gap\":{\"before\":\"k3-8\"}}");
    }

    @Test
    void aPositionHasNoWordsButInAnEnvelope() {
        assertThat(SAME_ORIGIN.tellsPosition()).isFalse();
        assertThat(SAME_ORIGIN.encode(Message.position(EIGHT, GAP))).isEmpty();

        Framing envelope = IframeFraming.of(ENVELOPE, options("setTime", null));
        assertThat(envelope.tellsPosition()).isTrue();
        assertThat(wire(envelope, Message.position(EIGHT, null)))
                .contains("parent.setTime(\"{\\\"id\\\":1}\",{\"id\":\"k3-8\"});");
    }

    @Test
    void hostileTextsStayTexts() {
        assertThat(wire(SAME_ORIGIN, message("<!--", "</script><script>alert(1)//\\")))
                .contains("parent.setTime(\"\\u003C/script\\u003E\\u003Cscript\\u003Ealert(1)//\\\\\",")
                .contains("\"event\":\"\\u003C!--\"");
        Framing feed = IframeFraming.of(
                Content.PLAIN,
                new IframeFraming.Options("/\"</script>", "a", "\"</script>", "'self'", Map.of("</script>", "\"\\")));
        assertThat(wire(feed, message(null, "")))
                .contains("feed:\"/\\\"\\u003C/script\\u003E\"")
                .contains(",\"\\\"\\u003C/script\\u003E\");\n");
        assertThat(feed.end(EIGHT))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<script>location.replace(\"?%3C%2Fscript%3E=%22%5C&cursor=k3-8\");</script>\n");
    }

    @Test
    void whiteSpaceShowsThatTheConnectionLives() {
        assertThat(SAME_ORIGIN.keepAlive()).asString(StandardCharsets.UTF_8).isEqualTo("\n");
    }

    @Test
    void theDocumentEndsByBeginningAnewFromItsCursor() {
        Framing framing = IframeFraming.of(
                Content.PLAIN,
                new IframeFraming.Options(
                        "/clock", "app.setTime", null, "'self'", Map.of("callback", "app.setTime", "a b", "+&=时")));
        assertThat(framing.end(EIGHT))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<script>location.replace(\"?a%20b=%2B%26%3D%E6%97%B6&callback=app.setTime&cursor=k3-8\");"
                        + "</script>\n");
        assertThat(SAME_ORIGIN.end(EIGHT))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<script>location.replace(\"?cursor=k3-8\");</script>\n");
        assertThat(SAME_ORIGIN.end(null))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<script>location.replace(\"?\");</script>\n");
    }

    @Test
    void optionsThatCouldBecomeCodeOrADirectiveAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> framing("alert(1)", null))
                .withMessage("not a callback: alert(1)");
        for (String ancestors : new String[] {"", " ", "*; script-src *", "*, default-src *", "*\r\nA: b", "é"}) {
            assertThatIllegalArgumentException()
                    .as(ancestors)
                    .isThrownBy(() -> new IframeFraming.Options("/clock", "setTime", null, ancestors, Map.of()));
        }
    }

    @Test
    void framingsOfTheSameBytesAreEqual() {
        assertThat(framing("setTime", null)).isEqualTo(SAME_ORIGIN).hasSameHashCodeAs(SAME_ORIGIN);
        assertThat(SAME_ORIGIN)
                .isNotEqualTo(ANY_ORIGIN)
                .isNotEqualTo(framing("setDate", null))
                .isNotEqualTo(IframeFraming.of(ENVELOPE, options("setTime", null)))
                .isNotEqualTo(EventSourceFraming.of(Content.PLAIN, null, Duration.ZERO));
    }

    @Test
    void aQueryOfOnesOwnCostsNoFormOfOnesOwn() {
        IframeFraming.Options other =
                new IframeFraming.Options("/clock", "setTime", null, "'self'", Map.of("made", "up"));
        assertThat(IframeFraming.of(Content.PLAIN, other))
                .isEqualTo(SAME_ORIGIN)
                .hasSameHashCodeAs(SAME_ORIGIN);
    }

    @Test
    void anyMessageIsOneScriptOfTwoLines() {
        long seed = 20261122;
        Random random = new Random(seed);
        String[] pieces = {
            "</script>", "<!--", "-->", "<script>", "\"", "\\", "\r", "\n", "\u2028", "\ud83d", "🐎", "a", "\0"
        };
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String name = "e" + text.toString().replaceAll("[\r\n\0]", "");
            String wire = wire(ANY_ORIGIN, message(name, text.toString()));
            String shown = "seed " + seed + ", round " + round + ": " + wire;
            assertThat(wire.lines()).as(shown).hasSize(4);
            assertThat(wire.split("<", -1)).as(shown).hasSize(3);
            String call = wire.lines().skip(1).findFirst().orElseThrow();
            String literal = call.substring(call.indexOf("setTime(\"") + 8, call.indexOf(",{\"id\":\"k3-8\""));
            // What is not a character becomes a question mark in UTF-8, as it does wherever the text goes.
            assertThat(StringLiterals.read(literal))
                    .as(shown)
                    .isEqualTo(text.toString().replaceAll("\ud83d(?!\udc0e)", "?"));
        }
    }

    private static Message message(@Nullable String event, String text) {
        return Message.of(event, Payload.text(text)).at(EIGHT);
    }

    private static Framing framing(String callback, @Nullable String target) {
        return IframeFraming.of(Content.PLAIN, options(callback, target));
    }

    private static IframeFraming.Options options(String callback, @Nullable String target) {
        return new IframeFraming.Options("/clock", callback, target, "'self'", Map.of());
    }

    private static String wire(Framing framing, Message message) {
        return new String(framing.encode(message), StandardCharsets.UTF_8);
    }
}
