package io.posthorn.playground.lab;

import io.posthorn.Posthorn;
import io.posthorn.PosthornOptions;
import io.posthorn.http.ForwardedHeaders;
import io.posthorn.playground.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LabLimitsTest {
    private static final int SMALL = Settings.FIRST.payload();

    private final Posthorn posthorn = Posthorn.create();

    @AfterEach
    void close() {
        posthorn.close();
    }

    @Test
    void oneVisitorTooManyIsToldSoAndLetGo() throws Exception {
        Lab lab = Lab.addTo(posthorn, new Budget(Long.MAX_VALUE), LabLimits.DEFAULTS.withVisits(2, 2));
        int port = posthorn.listen("127.0.0.1", 0);
        LabPage first = new LabPage(port);
        assertThat(new LabPage(port).names(1)).containsExactly("id");

        Client third = new Client("ws://127.0.0.1:" + port + "/lab/visit", Map.of());

        assertThat(third.message(0)).isEqualTo("{\"full\":true}");
        assertThat(third.closed()).isEqualTo("1013 too many visitors");
        assertThat(lab.visits()).isEqualTo(2);
        assertThat(lab.refused()).isEqualTo(1);
        first.leave();
        await().until(() -> lab.visits() == 1);
        assertThat(new LabPage(port).names(1)).containsExactly("id");
    }

    @Test
    void oneAddressCannotFillTheLab() throws Exception {
        try (Posthorn behindProxy =
                Posthorn.create(PosthornOptions.defaults().withForwarded(ForwardedHeaders.trusted()))) {
            Lab lab = Lab.addTo(behindProxy, new Budget(Long.MAX_VALUE), LabLimits.DEFAULTS.withVisits(100, 2));
            String address = "ws://127.0.0.1:" + behindProxy.listen("127.0.0.1", 0) + "/lab/visit";
            Client first = new Client(address, Map.of("X-Forwarded-For", "192.0.2.1"));
            assertThat(first.message(0)).startsWith("{\"id\":");
            assertThat(new Client(address, Map.of("X-Forwarded-For", "192.0.2.1")).message(0))
                    .startsWith("{\"id\":");

            Client third = new Client(address, Map.of("X-Forwarded-For", "192.0.2.1"));
            assertThat(third.message(0)).isEqualTo("{\"full\":true}");
            assertThat(third.closed()).isEqualTo("1013 too many visitors");
            assertThat(lab.refused()).isEqualTo(1);
            assertThat(new Client(address, Map.of("X-Forwarded-For", "192.0.2.2")).message(0))
                    .startsWith("{\"id\":");

            first.close(1000, "");
            await().until(() -> lab.visits() == 2);
            assertThat(new Client(address, Map.of("X-Forwarded-For", "192.0.2.1")).message(0))
                    .startsWith("{\"id\":");
        }
    }

    @Test
    void growingClocksLeaveAQuarterOfTheBudgetToThoseThatBegin() {
        Budget budget = new Budget(4 * Reservation.cost(1000));
        Reservation grown = new Reservation(budget);
        assertThat(grown.tryReserve(SMALL)).isTrue();
        assertThat(grown.tryReserve(3000)).isTrue();
        assertThat(grown.tryReserve(Settings.LARGEST)).isFalse();

        while (new Reservation(budget).tryReserve(SMALL)) {
            assertThat(grown.tryReserve(Settings.LARGEST)).isFalse();
        }

        assertThat(4 * Reservation.cost(1000) - budget.taken()).isLessThan(Reservation.cost(SMALL));
        assertThat(budget.taken() - Reservation.cost(3000)).isGreaterThanOrEqualTo(Reservation.cost(SMALL));
    }

    @Test
    void aPayloadThatAllClocksTogetherCannotKeepIsRefused() throws Exception {
        long both = Reservation.cost(Settings.LARGEST) + Reservation.cost(SMALL);
        Budget budget = new Budget((both / 3 + 1) * 4);
        Lab lab = Lab.addTo(posthorn, budget, LabLimits.DEFAULTS);
        int port = posthorn.listen("127.0.0.1", 0);
        LabPage page = new LabPage(port);
        LabPage other = new LabPage(port);
        page.answer("payload 16384", "settings");

        assertThat((String) other.answer("payload 65", "refused")).contains("try a smaller payload");
        assertThat(other.answer("rate 2", "settings"))
                .isEqualTo(Map.of("rate", 2.0, "payload", SMALL, "paused", false));
        // What the log has taken in is still there.
        page.answer("payload 64", "settings");
        assertThat((String) other.answer("payload 65", "refused")).contains("try a smaller payload");

        page.leave();
        await().until(() -> lab.visits() == 1);
        other.answer("payload 16384", "settings");
        other.leave();
        await().until(() -> budget.taken() == 0);
    }

    @Test
    void whereNotEvenTheSmallestClockHasRoomTheLabIsFull() throws Exception {
        Lab.addTo(posthorn, new Budget(Reservation.cost(SMALL)), LabLimits.DEFAULTS);
        int port = posthorn.listen("127.0.0.1", 0);
        assertThat(new LabPage(port).names(1)).containsExactly("id");

        Client second = new Client("ws://127.0.0.1:" + port + "/lab/visit", Map.of());

        assertThat(second.message(0)).isEqualTo("{\"full\":true}");
    }

    @Test
    void aReservationShrinksWhenTheLogHoldsNoLargeMessageAnyMore() {
        Budget budget = new Budget(Long.MAX_VALUE);
        Reservation reservation = new Reservation(budget);
        assertThat(reservation.tryReserve(1000)).isTrue();
        assertThat(reservation.tryReserve(100)).isTrue();
        for (int i = 1; i < Reservation.MESSAGES; i++) {
            reservation.published(i == 300 ? 500 : 100);
            assertThat(budget.taken()).isEqualTo(Reservation.cost(1000));
        }

        reservation.published(100);
        assertThat(budget.taken()).isEqualTo(Reservation.cost(500));

        for (int i = 0; i < Reservation.MESSAGES; i++) {
            reservation.published(100);
        }
        assertThat(budget.taken()).isEqualTo(Reservation.cost(100));

        reservation.end();
        reservation.end();
        assertThat(budget.taken()).isZero();
        assertThat(reservation.tryReserve(100)).isFalse();
    }

    @Test
    void aCommandThatIsTooLongEndsTheVisit() throws Exception {
        Lab lab = Lab.addTo(posthorn);
        int port = posthorn.listen("127.0.0.1", 0);
        LabPage page = new LabPage(port);
        page.answer("time " + "x".repeat(1000), "time");

        page.say("time " + "x".repeat(2000));

        assertThat(page.closed()).startsWith("1009 ");
        await().until(() -> lab.visits() == 0);
    }

    @Test
    void aPageThatDoesNotReadLosesWhatItIsToldAndIsToldTheTruthLater() throws Exception {
        Lab lab = Lab.addTo(posthorn);
        int port = posthorn.listen("127.0.0.1", 0);
        try (Socket page = new Socket(InetAddress.getLoopbackAddress(), port);
                RawReader reader = new RawReader(port)) {
            page.getOutputStream()
                    .write("""
                    GET /lab/visit HTTP/1.1
                    Host: 127.0.0.1:%d
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==

                    """.formatted(port).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            String thousand = masked("time " + "x".repeat(100)).repeat(1000);
            // On a thread of its own: the server does not read from a page that does not read.
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                while (lab.lost() == 0) {
                    write(page, thousand);
                }
                write(page, masked("payload 4321"));
            });
            String clock = "/lab/clock/" + id(page) + "?reader=short-polling";
            await().until(() -> {
                reader.get(clock);
                return lab.lost() > 0;
            });

            InputStream in = page.getInputStream();
            StringBuilder received = new StringBuilder();
            byte[] buffer = new byte[65536];
            while (received.indexOf("\"payload\":4321") < 0) {
                received.delete(0, Math.max(0, received.length() - 100));
                received.append(new String(buffer, 0, in.read(buffer), StandardCharsets.ISO_8859_1));
            }
            flood.get(10, TimeUnit.SECONDS);
            assertThat(lab.visits()).isEqualTo(1);
        }
        await().until(() -> lab.visits() == 0);
    }

    private static String id(Socket page) throws IOException {
        StringBuilder received = new StringBuilder();
        while (!received.toString().endsWith("\"}")) {
            received.append((char) page.getInputStream().read());
        }
        return received.substring(received.length() - 24, received.length() - 2);
    }

    private static void write(Socket page, String latin1) {
        try {
            page.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A text frame with a key of zeros. */
    private static String masked(String text) {
        byte[] header = HexFormat.of().parseHex(String.format("81%02x00000000", 0x80 | text.length()));
        return new String(header, StandardCharsets.ISO_8859_1) + text;
    }
}
