package io.posthorn.playground.lab;

import io.posthorn.Posthorn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

class ReadersTest {
    // Long enough for what happens meanwhile, also on a machine that is slow.
    private static final Duration OFFLINE = Duration.ofSeconds(8);

    private final Posthorn posthorn = Posthorn.create();
    private final Lab lab = Lab.addTo(
            posthorn, new Budget(Long.MAX_VALUE), LabLimits.DEFAULTS.withTimes(OFFLINE, Duration.ofMinutes(1)));
    private int port;

    @BeforeEach
    void listen() throws Exception {
        port = posthorn.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCountedIsWhatABareSocketSendsAndReceives(Transport transport) throws Exception {
        LabPage page = ticking("rate 50");
        try (RawReader client = new RawReader(port)) {
            readTo(5, transport, client, page);
            page.answer("pause", "settings");

            Map<String, Object> counts = awaitCounts(page, transport, client.sent(), client);

            assertThat(counts.get("requests")).isEqualTo(transport.polls() ? polls(client) : 1);
            assertThat(counts.get("cuts")).isEqualTo(0);
            assertThat(counts.get("reconnects")).isEqualTo(0);
        }
    }

    @Test
    void framesOfTheClientAreCountedAndTheAnswersToThem() throws Exception {
        LabPage page = ticking("pause");
        try (RawReader client = new RawReader(port)) {
            Transport.WEBSOCKET.read(client, page, "");
            client.awaits(1, "\r\n\r\n.+");
            // A ping: FIN, MASK and 2, a key of zeros.
            client.send(HexFormat.of().parseHex("8982000000006869"));
            client.awaits(1, "\\x8A\\x02hi");

            awaitCounts(page, Transport.WEBSOCKET, client.sent(), client);
        }
    }

    @Test
    void whatComesBehindTheRequestOfAStreamIsCountedToo() throws Exception {
        LabPage page = ticking("pause");
        try (RawReader client = new RawReader(port)) {
            Transport.EVENT_SOURCE.read(client, page, "");
            client.awaits(1, "id:").send("what is this?".getBytes(StandardCharsets.US_ASCII));

            awaitCounts(page, Transport.EVENT_SOURCE, client.sent(), client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReaderThatIsCutResumesWithoutGapAndDuplicate(Transport transport) throws Exception {
        LabPage page = ticking("rate 20");
        try (RawReader client = new RawReader(port);
                RawReader again = new RawReader(port)) {
            readTo(3, transport, client, page);
            if (transport == Transport.LONG_POLLING) {
                waitForMore(client, page);
            }
            page.say("cut " + transport.reader());
            page.say("resume");
            if (transport == Transport.SHORT_POLLING) {
                // Nothing stands open between two polls: it is the next that is lost.
                page.answer("time", "time");
                transport.read(client, page, "&cursor=" + client.last(transport.message()));
            }
            await().until(client::hasEnded);
            String cursor = client.last(transport.message());

            readTo(3, transport, again, page, cursor);

            List<Long> numbers = LongStream.concat(numbers(transport, client), numbers(transport, again))
                    .boxed()
                    .toList();
            assertThat(numbers).isEqualTo(from(numbers.get(0), numbers.size()));
            await().untilAsserted(() -> assertThat(page.counts(transport.reader()))
                    .containsEntry("cuts", 1)
                    .containsEntry("reconnects", 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsOfflineIsDroppedOnArrivalAndMissesNothing(Transport transport) throws Exception {
        LabPage page = ticking("rate 20");
        try (RawReader client = new RawReader(port);
                RawReader tooEarly = new RawReader(port);
                RawReader again = new RawReader(port)) {
            readTo(3, transport, client, page);
            String cursor = client.last(transport.message());
            assertThat((int) page.answer("offline", "offline")).isBetween(4000, 8000);
            if (!transport.polls()) {
                await().until(client::hasEnded);
                cursor = client.last(transport.message());
            }

            transport.read(tooEarly, page, "&cursor=" + cursor);
            await().until(tooEarly::hasEnded);
            assertThat(tooEarly.text()).isEmpty();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> page.told("offline").contains(0));
            readTo(60, transport, again, page, cursor);

            long first = number(cursor) + 1;
            List<Long> numbers = numbers(transport, again).boxed().toList();
            assertThat(numbers).isEqualTo(from(first, numbers.size()));
            await().untilAsserted(() -> assertThat(page.counts(transport.reader()))
                    .containsEntry("cuts", transport.polls() ? 1 : 2)
                    .containsEntry("reconnects", 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsDroppedOnArrivalIsSentNothing(Transport transport) throws Exception {
        LabPage page = ticking("pause");
        page.answer("offline", "offline");
        page.say("inspect " + transport.reader());
        try (RawReader client = new RawReader(port)) {
            transport.read(client, page, "");
            await().until(client::hasEnded);

            await().untilAsserted(() -> assertThat(page.counts(transport.reader()))
                    .containsEntry("requests", 1)
                    .containsEntry("cuts", 1));
            assertThat(page.counts(transport.reader()))
                    .containsEntry("received", (int) client.sent())
                    .containsEntry("sent", 0);
            await().untilAsserted(() -> assertThat(page.told("wire"))
                    .last(MAP)
                    .containsEntry("response", "")
                    .containsEntry("pieces", List.of()));
        }
    }

    @Test
    void aConnectionIsCutOnceHoweverOftenThatIsSaid() throws Exception {
        LabPage page = ticking("pause");
        try (RawReader first = new RawReader(port);
                RawReader second = new RawReader(port)) {
            // Two, since connections live on loops by turns: one of them on another than the page's.
            Transport.IFRAME.read(first, page, "");
            Transport.IFRAME.read(second, page, "");
            await().until(() -> lab.live() == 2);

            for (int i = 0; i < 50; i++) {
                page.say("cut iframe");
            }
            page.answer("time", "time");

            await().until(() -> first.hasEnded() && second.hasEnded() && lab.live() == 0);
            await().untilAsserted(() ->
                    assertThat(page.counts("iframe")).containsEntry("cuts", 2).containsEntry("reconnects", 0));
        }
    }

    @Test
    void aCutOfAllReachesAllOfOneVisitorAndNobodyElse() throws Exception {
        LabPage page = ticking("rate 50");
        LabPage other = ticking("rate 50");
        try (RawReader stream = new RawReader(port);
                RawReader socket = new RawReader(port);
                RawReader others = new RawReader(port)) {
            Transport.EVENT_SOURCE.read(stream, page, "");
            Transport.WEBSOCKET.read(socket, page, "");
            Transport.EVENT_SOURCE.read(others, other, "");
            others.awaits(1, Transport.EVENT_SOURCE.message());
            await().until(() -> lab.live() == 3);

            page.say("cut");

            await().until(() -> stream.hasEnded() && socket.hasEnded());
            int before = (int)
                    Pattern.compile("data").matcher(others.text()).results().count();
            others.awaits(before + 5, "data");
            assertThat(other.counts("event-source")).containsEntry("cuts", 0);
        }
    }

    @Test
    void whenAVisitEndsItsReadersEndAndItsFeedIsForgotten() throws Exception {
        LabPage page = ticking("rate 50");
        try (RawReader stream = new RawReader(port);
                RawReader socket = new RawReader(port);
                RawReader late = new RawReader(port)) {
            Transport.IFRAME.read(stream, page, "");
            Transport.WEBSOCKET.read(socket, page, "");
            await().until(() -> lab.live() == 2);
            assertThat(posthorn.stats().feed().feeds()).isEqualTo(1);

            page.leave();

            await().until(() -> stream.hasEnded() && socket.hasEnded());
            await().until(() -> posthorn.stats().feed().feeds() == 0);
            late.get(page.reads("iframe")).awaits(1, "HTTP/1.1 403 ");
            assertThat(posthorn.stats().feed().feeds()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?reader=", "", "?reader=curl", "?reader=Iframe", "?reader=curl&reader=iframe"})
    void whoIsNoneOfTheReadersMayNotRead(String query) throws Exception {
        LabPage page = ticking("rate 50");
        try (RawReader client = new RawReader(port)) {
            client.get("/lab/clock/" + page.id() + query).awaits(1, "HTTP/1.1 403 ");
        }
    }

    @Test
    void aFifthConnectionOfAReaderEndsItsOldest() throws Exception {
        LabPage page = ticking("rate 50");
        List<RawReader> readers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RawReader reader = new RawReader(port);
            readers.add(reader);
            Transport.EVENT_SOURCE.read(reader, page, "");
            reader.awaits(1, Transport.EVENT_SOURCE.message());
        }

        await().until(() -> readers.get(0).hasEnded() && readers.get(1).hasEnded());

        for (RawReader reader : readers.subList(2, 6)) {
            reader.awaits(60, "data");
            assertThat(reader.hasEnded()).isFalse();
        }
        assertThat(lab.live()).isEqualTo(4);
        // The reader has done that itself: it was not cut off.
        await().untilAsserted(() ->
                assertThat(page.counts("event-source")).containsEntry("cuts", 0).containsEntry("requests", 6));
        for (RawReader reader : readers) {
            reader.close();
        }
    }

    private LabPage ticking(String command) throws Exception {
        LabPage page = new LabPage(port);
        page.answer(command, "settings");
        return page;
    }

    private static void readTo(int messages, Transport transport, RawReader client, LabPage page) throws Exception {
        if (transport.polls()) {
            page.answer("time", "time");
            await().until(() -> {
                String asked = client.text();
                transport.read(client, page, "");
                await().until(() -> !client.text().equals(asked));
                return Pattern.compile(transport.message())
                        .matcher(client.text())
                        .find();
            });
            readTo(messages, transport, client, page, client.last(transport.message()));
        } else {
            transport.read(client, page, "");
            client.awaits(messages, transport.message());
        }
    }

    /** Lets a long poll stand open. */
    private void waitForMore(RawReader client, LabPage page) throws Exception {
        Transport transport = Transport.LONG_POLLING;
        page.answer("pause", "settings");
        long published = posthorn.stats().feed().published();
        String cursor = client.last(transport.message());
        long all = numbers(transport, client).count() + published - number(cursor);
        readTo((int) all, transport, client, page, cursor);
        transport.read(client, page, "&cursor=" + client.last(transport.message()));
        await().until(() -> lab.live() == 1);
    }

    private static long number(String cursor) {
        return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
    }

    /** Reads on from a cursor until it has so many messages in all. */
    private static void readTo(int messages, Transport transport, RawReader client, LabPage page, String cursor)
            throws Exception {
        if (!transport.polls()) {
            transport.read(client, page, "&cursor=" + cursor);
            client.awaits(messages, transport.message());
            return;
        }
        String from = cursor;
        while (numbers(transport, client).count() < messages) {
            int answers = polls(client);
            transport.read(client, page, "&cursor=" + from);
            await().until(() -> polls(client) > answers && isWhole(client.text()));
            from = numbers(transport, client).count() == 0 ? from : client.last(transport.message());
        }
    }

    /** Whether the last answer is complete, which has a length or is a 204. */
    private static boolean isWhole(String answers) {
        String last = answers.substring(answers.lastIndexOf("HTTP/1.1 "));
        int end = last.indexOf("\r\n\r\n");
        Matcher length = Pattern.compile("(?i)\r\ncontent-length: (\\d+)").matcher(last);
        return end > 0 && (!length.find() || last.length() - end - 4 == Integer.parseInt(length.group(1)));
    }

    private static int polls(RawReader client) {
        return (int)
                Pattern.compile("HTTP/1.1 2").matcher(client.text()).results().count();
    }

    private static LongStream numbers(Transport transport, RawReader client) {
        return Pattern.compile(transport.message())
                .matcher(client.text())
                .results()
                .mapToLong(message -> Long.parseLong(message.group(2)));
    }

    private static List<Long> from(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    private static Map<String, Object> awaitCounts(LabPage page, Transport transport, long sent, RawReader client) {
        await().untilAsserted(() -> assertThat(page.counts(transport.reader()))
                .containsEntry("received", (int) sent)
                .containsEntry("sent", (int) client.received()));
        return page.counts(transport.reader());
    }
}
