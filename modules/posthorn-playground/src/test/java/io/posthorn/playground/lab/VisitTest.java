package io.posthorn.playground.lab;

import io.posthorn.Posthorn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class VisitTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    private final Posthorn posthorn = Posthorn.create();
    private final Lab lab = Lab.addTo(posthorn);
    private int port;

    @BeforeEach
    void listen() throws Exception {
        port = posthorn.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @Test
    void aVisitorIsToldItsIdThenWhereToBeginAndThenTheSettings() throws Exception {
        LabPage page = new LabPage(port);

        assertThat(page.names(3)).containsExactly("id", "from", "settings");
        assertThat(page.id()).matches("[A-Za-z0-9_-]{22}"); // 128 bits in base64url
        assertThat(page.told("settings")).containsExactly(Map.of("rate", 1.0, "payload", 64, "paused", false));
    }

    @Test
    void theClockTicksThoughNobodyReads() throws Exception {
        LabPage page = new LabPage(port);
        page.say("rate 50");

        await().until(() -> posthorn.stats().feed().published() >= 3);

        assertThat(get(page.reads("short-polling")).body()).matches("\\d+ " + TIME + " \\.{32,35}");
    }

    @Test
    void aMessageIsAsLongAsThePayload() throws Exception {
        LabPage page = new LabPage(port);
        page.say("rate 50");
        page.answer("payload 16384", "settings");

        long before = posthorn.stats().feed().published();
        await().until(() -> posthorn.stats().feed().published() > before);

        assertThat(get(page.reads("short-polling")).body().getBytes(StandardCharsets.UTF_8))
                .hasSize(16384);
    }

    @Test
    void numbersFollowEachOther() throws Exception {
        LabPage page = new LabPage(port);
        page.say("rate 50");
        await().until(() -> get(page.reads("short-polling")).statusCode() == 200);
        HttpResponse<String> first = get(page.reads("short-polling"));
        String cursor = first.headers().firstValue("ETag").orElseThrow().replaceAll("^W/|\"", "");

        HttpResponse<String> second = get(page.reads("long-polling") + "&wait=25&cursor=" + cursor);

        assertThat(number(second.body())).isEqualTo(number(first.body()) + 1);
    }

    @Test
    void whoBeginsWhereItIsToldToGetsTheFirstMessageHoweverLate() throws Exception {
        LabPage page = new LabPage(port);
        page.say("rate 50");
        await().until(() -> posthorn.stats().feed().published() >= 5);

        String from = String.valueOf(page.told("from").get(0));
        HttpResponse<String> missed = get(page.reads("short-polling") + "&envelope=json&cursor=" + from);

        assertThat(missed.body())
                .startsWith("[{\"id\":")
                .contains("\"data\":\"1 ", "\"data\":\"5 ")
                .doesNotContain("gap");
    }

    @Test
    void theTimeIsAnswered() throws Exception {
        LabPage page = new LabPage(port);

        Map<?, ?> time = (Map<?, ?>) page.answer("time 123.5 a", "time");

        assertThat(time.get("asked")).isEqualTo("123.5 a");
        double now = Double.parseDouble(String.valueOf(time.get("now")));
        assertThat(now).isCloseTo((double) System.currentTimeMillis(), within(60_000.0));
    }

    @Test
    void aClockThatStandsStillGoesOnWithTheNextNumber() throws Exception {
        LabPage page = new LabPage(port);
        page.say("rate 50");
        await().until(() -> posthorn.stats().feed().published() >= 2);
        assertThat(page.answer("pause", "settings")).isEqualTo(Map.of("rate", 50.0, "payload", 64, "paused", true));
        long published = posthorn.stats().feed().published();
        assertThat(number(get(page.reads("short-polling")).body())).isEqualTo(published);

        assertThat(page.answer("resume", "settings")).isEqualTo(Map.of("rate", 50.0, "payload", 64, "paused", false));

        await().until(() -> posthorn.stats().feed().published() > published);
        assertThat(number(get(page.reads("short-polling")).body())).isGreaterThan(published);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate 0.1",
                "rate 50.1",
                "rate NaN",
                "rate -1",
                "rate 1e1",
                "rate 0x1p3",
                "rate",
                "rate 1 1",
                "payload 31",
                "payload 16385",
                "payload 99999999999999999999",
                "payload 64.0",
                "payload ",
                "Pause",
                "",
                " ",
                "dance",
                "\u0000"
            })
    void whatCannotBeIsRefusedInASentence(String command) throws Exception {
        LabPage page = new LabPage(port);

        assertThat((String) page.answer(command, "refused")).matches("[A-Z].*\\.");

        assertThat(page.answer("time still here", "time")).isNotNull();
        assertThat(page.told("settings")).hasSize(1);
    }

    @Test
    void twoVisitorsDoNotTouchEachOther() throws Exception {
        LabPage page = new LabPage(port);
        LabPage other = new LabPage(port);

        page.answer("payload 100", "settings");
        other.answer("time", "time");

        assertThat(other.id()).isNotEqualTo(page.id());
        assertThat(other.told("settings")).hasSize(1);
    }

    @Test
    void aVisitorWhoLeavesIsForgotten() throws Exception {
        LabPage page = new LabPage(port);
        page.answer("time", "time");
        assertThat(lab.visits()).isEqualTo(1);

        page.leave();

        await().until(() -> lab.visits() == 0);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("posthorn-lab")));
    }

    private static long number(String message) {
        return Long.parseLong(message.substring(0, message.indexOf(' ')));
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
