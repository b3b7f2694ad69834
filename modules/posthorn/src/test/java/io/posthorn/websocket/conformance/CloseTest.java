package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.close;
import static io.posthorn.websocket.conformance.ClientFrame.closeBody;
import static io.posthorn.websocket.conformance.ClientFrame.continuation;
import static io.posthorn.websocket.conformance.ClientFrame.ping;
import static io.posthorn.websocket.conformance.ClientFrame.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The closing handshake, and the codes that may be on the wire (RFC 6455 5.5.1, 7). */
class CloseTest {
    private static final List<Integer> MAY_BE_SENT =
            List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999);

    private static final List<Integer> MAY_NOT_BE_SENT =
            List.of(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 10_000, 65_535);

    private final EchoServer server = EchoServer.running();

    @Test
    void afterAMessageTheConnectionClosesNormally() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(text("Hello World!"));
            client.expect(Event.text("Hello World!"));
            client.closeNormally();
        }
    }

    @Test
    void aMessageAndACloseInOneWriteAreBothAnswered() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(text("Hello World!"), close(1000, ""));
            client.expect(Event.text("Hello World!"));
            client.expectClose(1000);
            client.expect(Event.end());
        }
    }

    @TestFactory
    Stream<DynamicTest> whatFollowsACloseFrameIsIgnored() {
        return Stream.of(
                        List.of(close(1000, ""), close(1000, "")),
                        List.of(close(1000, ""), ping("late")),
                        List.of(close(1000, ""), text("late")),
                        List.of(close(1000, ""), text("bad").rsv(7)),
                        List.of(close(1000, ""), ClientFrame.binary(Payloads.binary(100_000))),
                        List.of(text("fragment1").notFinal(), close(1000, ""), continuation("fragment2")))
                .flatMap(frames -> Stream.of(1000, 1_000_000)
                        .map(size -> server.testCase(frames.size() + " frames in writes of " + size, client -> {
                            client.sendChopped(size, frames.toArray(ClientFrame[]::new));
                            client.expectClose(1000);
                            client.expect(Event.end());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> whatFollowsACloseFrameInAWriteOfItsOwnIsIgnored() {
        return Stream.of(ping("late"), text("late"), close(1000, "again"))
                .map(late -> server.testCase(late.payload().length + " bytes later", client -> {
                    client.sendFrameByFrame(close(1000, ""), late);
                    client.expectClose(1000);
                    client.expect(Event.end());
                }));
    }

    @Test
    void aLargeMessageBeforeACloseComesBackWhole() {
        byte[] large = Payloads.ascii(256 * 1024);
        try (RawWebSocketClient client = server.connect()) {
            client.send(text(large), text("Hello World!"), close(1000, ""), ping(""));
            client.expect(Event.text(large));
            client.expect(Event.text("Hello World!"));
            client.expectClose(1000);
            client.expect(Event.end());
        }
    }

    @Test
    void aCloseWithoutABodyIsAnsweredWithoutACode() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(close(new byte[0]));
            client.expectClose(Event.NO_CODE, 1000);
            client.expect(Event.end());
        }
    }

    @TestFactory
    Stream<DynamicTest> aBodyOfOneByteFailsTheConnection() {
        return Stream.of("00", "03", "61")
                .map(hex -> server.testCase("body " + hex, client -> {
                    client.send(close(Utf8Samples.bytes(hex)));
                    client.expectFailure(1002);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aReasonIsUpTo123BytesLong() {
        return Stream.of(0, 1, 50, 122, 123)
                .map(length -> server.testCase(length + " bytes", client -> {
                    client.send(close(closeBody(1000, Payloads.ascii(length))));
                    client.expectClose(1000);
                    client.expect(Event.end());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aLongerReasonFailsTheConnection() {
        return Stream.of(124, 125, 65_536)
                .map(length -> server.testCase(length + " bytes", client -> {
                    client.send(close(closeBody(1000, Payloads.ascii(length))));
                    client.expectFailure(1002);
                }));
    }

    @Test
    void aReasonOfManyScriptsIsTaken() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(close(1000, "再见 κόσμε 👋"));
            client.expectClose(1000);
            client.expect(Event.end());
        }
    }

    @TestFactory
    Stream<DynamicTest> aReasonThatIsNotUtf8FailsTheConnection() {
        return Utf8Samples.all().stream()
                .filter(sample -> !sample.isValid())
                .map(sample -> server.testCase(sample.name(), client -> {
                    client.send(close(closeBody(1000, sample.bytes())));
                    client.expectFailure(1007);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aCodeThatMayBeSentIsAnsweredInKind() {
        return MAY_BE_SENT.stream()
                .map(code -> server.testCase("code " + code, client -> {
                    client.send(close(code, "reason"));
                    client.expectClose(code);
                    client.expect(Event.end());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aCodeThatMayNotBeSentFailsTheConnection() {
        return MAY_NOT_BE_SENT.stream()
                .flatMap(code -> Stream.of("", "reason")
                        .map(reason -> server.testCase("code " + code + " " + reason, client -> {
                            client.send(close(closeBody(code, reason.getBytes(UTF_8))));
                            client.expectFailure(1002);
                        })));
    }

    @Test
    void aCloseInSingleBytesIsAnswered() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendChopped(1, close(3333, "slowly"));
            client.expectClose(3333);
            client.expect(Event.end());
        }
    }

    @Test
    void aClientThatGoesWithoutACloseFrameGetsNone() throws Exception {
        try (RawWebSocketClient client = server.connect()) {
            client.send(text("Hello"));
            client.expect(Event.text("Hello"));
            client.socket().shutdownOutput();
            assertThat(client.next()).isEqualTo(Event.end());
        }
    }

    @Test
    void aClientThatGoesInsideAFrameGetsNoEcho() throws Exception {
        try (RawWebSocketClient client = server.connect()) {
            client.sendBytes(Utf8Samples.bytes("81 85 37 fa 21 3d 7f 9f"));
            client.socket().shutdownOutput();
            assertThat(client.next()).isEqualTo(Event.end());
        }
    }
}
