package io.posthorn.playground.lab;

import io.posthorn.Posthorn;
import io.posthorn.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class WireTest {
    private final Posthorn posthorn = Posthorn.create();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Lab.addTo(posthorn);
        port = posthorn.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @ParameterizedTest
    @EnumSource
    void headsAndPiecesAreToldAsTheyStoodOnTheWire(Transport transport) throws Exception {
        LabPage page = visit("rate 4");
        page.say("inspect " + transport.reader());
        try (RawReader client = new RawReader(port)) {
            for (int i = 1; i <= (transport.polls() ? 3 : 1); i++) {
                long exchange = i;
                transport.read(client, page, "");
                await().until(() -> !pieces(page, exchange).isEmpty());
            }
            if (!transport.polls()) {
                client.awaits(4, transport.message());
            }

            await().untilAsserted(() -> {
                String shown = shown(page, client.text());
                assertThat(client.text()).startsWith(shown);
                assertThat(Pattern.compile(transport.message()).matcher(shown).results())
                        .hasSizeGreaterThanOrEqualTo(transport.polls() ? 0 : 4);
            });
        }
    }

    @Test
    void theRequestIsToldWithItsSizeAndWithoutItsSecrets() throws Exception {
        LabPage page = visit("pause");
        page.say("inspect event-source");
        try (RawReader client = new RawReader(port)) {
            client.get(page.reads("event-source"), "Accept: text/event-stream", "Cookie: a=s3cret")
                    .awaits(1, "id:");

            await().until(() -> tellings(page).stream()
                    .anyMatch(telling -> !telling.response().isEmpty()));
            List<Wire> tellings = tellings(page);
            Wire wire = tellings.get(tellings.size() - 1);
            assertThat(wire.reader()).isEqualTo("event-source");
            assertThat(wire.request())
                    .isEqualTo("GET " + page.reads("event-source")
                            + " HTTP/1.1\nHost: 127.0.0.1\nAccept: text/event-stream\nCookie: …");
            assertThat(wire.requestBytes()).isEqualTo(client.sent());
            assertThat(wire.response()).startsWith("HTTP/1.1 200 OK\n");
            assertThat(wire.responseBytes()).isEqualTo(client.text().indexOf("\r\n\r\n") + 4);
        }
    }

    @Test
    void framesAreToldInBothDirectionsWithTheServersTime() throws Exception {
        LabPage page = visit("pause");
        page.say("inspect websocket");
        try (RawReader client = new RawReader(port)) {
            Transport.WEBSOCKET.read(client, page, "");
            client.awaits(1, "\r\n\r\n.+");
            client.send(HexFormat.of().parseHex("8982000000006869")).awaits(1, "\\x8A\\x02hi");

            await().until(() -> pieces(page, 1).size() == 3);
            List<Wire.Part> pieces = pieces(page, 1);
            assertThat(hex(pieces.get(1))).isEqualTo("8982000000006869");
            assertThat(pieces.get(1).from()).isEqualTo("client");
            assertThat(pieces.get(1).size()).isEqualTo(8);
            assertThat(hex(pieces.get(2))).isEqualTo("8a026869");
            assertThat(pieces.get(2).from()).isEqualTo("server");
            assertThat(pieces.get(2).micros())
                    .isCloseTo(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), within(60_000_000L));
        }
    }

    @Test
    void aPieceThatIsLongIsToldWithItsWholeSize() throws Exception {
        LabPage page = visit("rate 50");
        page.say("payload 16384");
        page.say("inspect event-source");
        try (RawReader client = new RawReader(port)) {
            Transport.EVENT_SOURCE.read(client, page, "");

            await().until(() -> pieces(page, 1).size() > 2);
            List<Wire.Part> pieces = pieces(page, 1);
            Wire.Part longest = pieces.get(pieces.size() - 1);
            assertThat(longest.size()).isGreaterThan(16384);
            assertThat(hex(longest)).hasSize(2 * 1024);
        }
    }

    @Test
    void whoBeginsToLookIsToldTheLastPiecesAtOnceAndWhoStopsNoMore() throws Exception {
        LabPage page = visit("rate 50");
        try (RawReader client = new RawReader(port)) {
            Transport.EVENT_SOURCE.read(client, page, "");
            client.awaits(12, Transport.EVENT_SOURCE.message());
            page.answer("pause", "settings");
            assertThat(page.told("wire")).isEmpty();

            Wire wire = wire(page.answer("inspect event-source", "wire"));
            assertThat(wire.exchange()).isEqualTo(1);
            assertThat(wire.pieces()).hasSize(8);

            page.say("inspect none");
            page.answer("time", "time");
            int told = page.told("wire").size();
            page.answer("resume", "settings");
            long counted = page.told("counts").size();
            await().until(() -> page.told("counts").size() > counted + 1);
            assertThat(page.told("wire")).hasSize(told);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thatAConnectionIsOverIsTold(Transport transport) throws Exception {
        LabPage page = visit("pause");
        page.say("inspect " + transport.reader());
        try (RawReader client = new RawReader(port)) {
            transport.read(client, page, "");
            await().until(() -> told(page).containsKey(1L));
            if (!transport.polls()) {
                assertThat(tellings(page)).noneMatch(Wire::ended);
            }
        }
        await().until(() -> tellings(page).stream().anyMatch(Wire::ended));
    }

    @Test
    void whatIsTooMuchToBeToldIsCounted() throws Exception {
        LabPage page = visit("rate 50");
        page.say("inspect event-source");
        try (RawReader client = new RawReader(port)) {
            Transport.EVENT_SOURCE.read(client, page, "");

            await().until(() -> passed(page) > pieces(page, 1).size());
        }
    }

    private LabPage visit(String command) throws Exception {
        LabPage page = new LabPage(port);
        page.answer(command, "settings");
        return page;
    }

    /** The tellings of each exchange, by its number. */
    private static Map<Long, List<Wire>> told(LabPage page) {
        return page.told("wire").stream()
                .map(WireTest::wire)
                .collect(Collectors.groupingBy(Wire::exchange, TreeMap::new, Collectors.toList()));
    }

    private static Wire wire(Object json) {
        return Objects.requireNonNull(Json.read(Json.write(json), Wire.class));
    }

    private static List<Wire.Part> pieces(LabPage page, long exchange) {
        return told(page).getOrDefault(exchange, List.of()).stream()
                .flatMap(wire -> wire.pieces().stream())
                .toList();
    }

    /** All that a page can show of what the server sent, put together again; of long pieces the rest is what it was. */
    private static String shown(LabPage page, String received) {
        StringBuilder all = new StringBuilder();
        told(page).forEach((exchange, tellings) -> {
            String head = tellings.get(tellings.size() - 1).response();
            all.append(head.replace("\n", "\r\n")).append("\r\n\r\n");
            for (Wire.Part piece : pieces(page, exchange)) {
                assertThat(piece.bytes()).hasSize((int) Math.min(1024, piece.size()));
                int end = all.length() + (int) piece.size();
                all.append(new String(piece.bytes(), StandardCharsets.ISO_8859_1));
                all.append(received, all.length(), end);
            }
        });
        return all.toString();
    }

    private static List<Wire> tellings(LabPage page) {
        return told(page).getOrDefault(1L, List.of());
    }

    /** How many pieces there were of the first exchange, those counted too that were not told. */
    private static long passed(LabPage page) {
        long passed = 0;
        for (Wire wire : tellings(page)) {
            assertThat(wire.firstPiece()).isGreaterThan(passed);
            passed = wire.firstPiece() + wire.pieces().size() - 1;
        }
        return passed;
    }

    private static String hex(Wire.Part piece) {
        return HexFormat.of().formatHex(piece.bytes());
    }
}
