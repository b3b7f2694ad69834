package io.posthorn.playground;

import io.posthorn.Posthorn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EchoInspectorTest {
    private static final String TIME = "([0-9a-f]{2} ){8}";
    private static final String KEY = "([0-9a-f]{2} ){4}";

    private final EchoInspector inspector = new EchoInspector();
    private final Posthorn posthorn = Posthorn.create();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        inspector.addTo(posthorn);
        port = posthorn.listen("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        posthorn.close();
    }

    @Test
    void theEchoAnswersWithWhatWasSaid() throws Exception {
        Client echo = connect("/echo");

        echo.send("你好");

        assertThat(echo.message(0)).isEqualTo("服务器说：你好");
    }

    @Test
    void eachPageHasATokenOfItsOwn() throws Exception {
        String token = tokenOf(connect("/inspect"));

        assertThat(token).matches("[A-Za-z0-9_-]{22}"); // 128 bits in base64url
        assertThat(tokenOf(connect("/inspect"))).isNotEqualTo(token);
    }

    @Test
    void framesAreToldAsTheyStoodOnTheWire() throws Exception {
        Client page = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));

        echo.send("Hello");

        // From the client: FIN and text, MASK and 5, a key of four bytes, five masked bytes.
        assertThat(page.message(2)).matches("00 " + TIME + "81 85 " + KEY + "([0-9a-f]{2} ?){5}");
        byte[] sent = HexFormat.ofDelimiter(" ").parseHex(page.message(2));
        byte[] plain = new byte[5];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (sent[15 + i] ^ sent[11 + i % 4]);
        }
        assertThat(new String(plain, StandardCharsets.US_ASCII)).isEqualTo("Hello");
        // From the server: FIN and text, 20 bytes, 服务器说：Hello.
        assertThat(page.message(3))
                .matches("01 " + TIME + "81 14 e6 9c 8d e5 8a a1 e5 99 a8 e8 af b4 ef bc 9a 48 65 6c 6c 6f");
    }

    @Test
    void aFrameIsToldWithTheServersTime() throws Exception {
        Client page = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));

        echo.send("");

        String time = page.message(2).substring(3, 26).replace(" ", "");
        Instant told = Instant.EPOCH.plusNanos(HexFormat.fromHexDigitsToLong(time) * 1000);
        assertThat(Duration.between(told, Instant.now())).isCloseTo(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void ofALongPayloadTheBeginningIsTold() throws Exception {
        Client page = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));

        echo.send("a".repeat(65536));

        // The client sends four frames of 16 KiB; the first: not final, text, MASK and 126, 16 bits, key, 128 bytes.
        assertThat(page.message(2)).matches("00 " + TIME + "01 fe 40 00 " + KEY + "([0-9a-f]{2} ?){128}");
        // The server answers with one: 127, 64 bits, 128 bytes.
        await().untilAsserted(() -> assertThat(page.received())
                .last()
                .asString()
                .matches("01 " + TIME + "81 7f 00 00 00 00 00 01 00 0f ([0-9a-f]{2} ?){128}"));
    }

    @Test
    void theHandshakeIsToldWithoutSecrets() throws Exception {
        Client page = connect("/inspect");
        String path = "/echo?inspect=" + tokenOf(page);
        connect(path, Map.of("Cookie", "session=s3cret", "Authorization", "Basic czNjcmV0"));

        assertThat(page.message(1))
                .startsWith("handshake\nGET " + path + " HTTP/1.1\n")
                .contains("\nCookie: …\n", "\nAuthorization: …\n")
                .contains("\n\nHTTP/1.1 101 Switching Protocols\n")
                .containsIgnoringCase("\nSec-WebSocket-Key: ")
                .containsIgnoringCase("\nSec-WebSocket-Accept: ")
                .doesNotContain("s3cret", "czNjcmV0");
    }

    @Test
    void aPageIsToldOfItsOwnEchoOnly() throws Exception {
        Client page = connect("/inspect");
        Client other = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));
        tokenOf(other);

        echo.send("mine");

        page.message(3);
        assertThat(other.received()).hasSize(1);
    }

    @Test
    void anUnknownTokenMeansThatNobodyWatches() throws Exception {
        Client echo = connect("/echo?inspect=unknown");

        echo.send("x");

        assertThat(echo.message(0)).isEqualTo("服务器说：x");
    }

    @Test
    void theServerSendsAMessageInThreeFrames() throws Exception {
        Client page = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));
        page.message(1);

        page.send("fragments ab说😀e");

        assertThat(echo.message(0)).isEqualTo("ab说😀e");
        assertThat(page.message(2)).matches("01 " + TIME + "01 01 61"); // not final, text
        assertThat(page.message(3)).matches("01 " + TIME + "00 04 62 e8 af b4"); // not final, continuation
        assertThat(page.message(4)).matches("01 " + TIME + "80 05 f0 9f 98 80 65"); // final, continuation
    }

    @Test
    void theServerPings() throws Exception {
        Client page = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));
        page.message(1);

        page.send("ping there?");

        assertThat(echo.message(0)).isEqualTo("ping there?");
        assertThat(page.message(2)).matches("01 " + TIME + "89 06 74 68 65 72 65 3f");
        assertThat(page.message(3)).matches("00 " + TIME + "8a 86 " + KEY + "([0-9a-f]{2} ?){6}");
    }

    @Test
    void theServerCloses() throws Exception {
        Client page = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));
        page.message(1);

        page.send("close 4321 see you");

        assertThat(echo.closed()).isEqualTo("4321 see you");
        assertThat(page.message(2)).matches("01 " + TIME + "88 09 10 e1 73 65 65 20 79 6f 75");
        assertThat(page.message(3)).matches("00 " + TIME + "88 .*");
    }

    @Test
    void aSecondEchoTakesTheFirstOnesPlace() throws Exception {
        Client page = connect("/inspect");
        String path = "/echo?inspect=" + tokenOf(page);
        connect(path);
        page.message(1);
        Client second = connect(path);
        page.message(2);

        page.send("ping second");

        assertThat(second.message(0)).isEqualTo("ping second");
    }

    @Test
    void whatCannotBeDoneIsRefusedInWords() throws Exception {
        Client page = connect("/inspect");
        connect("/echo?inspect=" + tokenOf(page));
        page.message(1);

        page.send("close 1006 never");
        page.send("ping " + "x".repeat(126));
        page.send("dance");

        assertThat(page.message(2)).startsWith("refused 1006 ");
        assertThat(page.message(3)).startsWith("refused ").contains("125");
        assertThat(page.message(4)).isEqualTo("refused unknown command");
    }

    @Test
    void aPageThatLeavesIsForgotten() throws Exception {
        Client page = connect("/inspect");
        Client echo = connect("/echo?inspect=" + tokenOf(page));
        page.message(1);

        page.close(1000, "");

        await().until(() -> inspector.open() == 0);
        echo.send("alone");
        assertThat(echo.message(0)).isEqualTo("服务器说：alone");
    }

    @Test
    void aPageThatDoesNotReadLosesFramesButItsEchoRunsOn() throws Exception {
        try (Socket page = new Socket()) {
            page.setReceiveBufferSize(4096);
            page.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Client echo = connect("/echo?inspect=" + tokenOfRaw(page));

            int sent = 0;
            while (inspector.dropped() == 0) {
                echo.send("x".repeat(100));
                sent++;
            }

            echo.message(sent - 1);
            assertThat(inspector.open()).isEqualTo(1);
        }
    }

    private Client connect(String path) throws Exception {
        return connect(path, Map.of());
    }

    private Client connect(String path, Map<String, String> headers) throws Exception {
        return new Client("ws://127.0.0.1:" + port + path, headers);
    }

    private static String tokenOf(Client page) {
        return tokenIn(page.message(0));
    }

    private String tokenOfRaw(Socket page) throws Exception {
        page.getOutputStream().write("""
                GET /inspect HTTP/1.1
                Host: 127.0.0.1:%d
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: nkn9FKfNeUAg/SCLsFaD+w==

                """.formatted(port).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder received = new StringBuilder();
        while (!received.toString().matches("(?s).*id .{22}")) {
            received.append((char) page.getInputStream().read());
        }
        return tokenIn(received.substring(received.indexOf("id ")));
    }

    private static String tokenIn(String message) {
        assertThat(message).startsWith("id ");
        return message.substring("id ".length());
    }
}
