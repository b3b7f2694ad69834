package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.BINARY;
import static io.posthorn.websocket.conformance.ClientFrame.TEXT;
import static io.posthorn.websocket.conformance.Utf8Samples.bytes;

/** Frames: the three length forms, masking, and any way to cut the stream (RFC 6455 5.2, 5.3). */
class FramingTest {
    /** The last and the first length of each form, and what lies beside them. */
    private static final List<Integer> LENGTHS = List.of(0, 1, 125, 126, 127, 128, 65_535, 65_536, 65_537);

    private static final String RFC_HELLO = "81 85 37 fa 21 3d 7f 9f 4d 51 58";

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> aTextOfEachLengthComesBack() {
        return LENGTHS.stream()
                .map(length -> server.testCase("text of " + length + " bytes", client -> {
                    client.send(ClientFrame.text(Payloads.ascii(length)));
                    client.expect(Event.text(Payloads.ascii(length)));
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aBinaryOfEachLengthComesBack() {
        return LENGTHS.stream()
                .map(length -> server.testCase("binary of " + length + " bytes", client -> {
                    client.send(ClientFrame.binary(Payloads.binary(length)));
                    client.expect(Event.binary(Payloads.binary(length)));
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aLongMessageInSmallWritesComesBack() {
        return Stream.of(997, 64, 1)
                .flatMap(size -> Stream.of(TEXT, BINARY)
                        .map(opcode -> server.testCase("opcode " + opcode + " in writes of " + size, client -> {
                            byte[] payload = Payloads.ascii(size == 1 ? 70_000 / 10 : 65_536);
                            client.sendChopped(size, ClientFrame.of(opcode, payload));
                            client.expect(opcode == TEXT ? Event.text(payload) : Event.binary(payload));
                            client.closeNormally();
                        })));
    }

    @Test
    void theFrameThatTheRfcShowsComesBack() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendBytes(bytes(RFC_HELLO));
            client.expect(Event.text("Hello"));
            client.closeNormally();
        }
    }

    @Test
    void aMaskingKeyOfZerosIsAKey() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendBytes(ClientFrame.text("Hello").bytes(0));
            client.expect(Event.text("Hello"));
            client.closeNormally();
        }
    }

    @Test
    void manyFramesInOneWriteComeBackInOrder() {
        List<ClientFrame> frames = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            frames.add(i % 2 == 0 ? ClientFrame.text("message " + i) : ClientFrame.binary(Payloads.binary(i)));
        }
        try (RawWebSocketClient client = server.connect()) {
            client.send(frames.toArray(ClientFrame[]::new));
            for (int i = 0; i < 500; i++) {
                client.expect(i % 2 == 0 ? Event.text("message " + i) : Event.binary(Payloads.binary(i)));
            }
            client.closeNormally();
        }
    }

    @TestFactory
    Stream<DynamicTest> aHandshakeAndItsFirstFramesMayBeCutAnywhere() {
        byte[] stream = Utf8Samples.concat(server.request("/echo").bytes(), sampleStream());
        return IntStream.rangeClosed(1, stream.length)
                .mapToObj(cut -> DynamicTest.dynamicTest("cut before byte " + cut, () -> {
                    byte[] first = Arrays.copyOf(stream, cut);
                    byte[] second = Arrays.copyOfRange(stream, cut, stream.length);
                    try (RawWebSocketClient client = RawWebSocketClient.connect(server.address(), "", first, second)) {
                        expectSample(client);
                        client.closeNormally();
                    }
                }));
    }

    @Test
    void aFrameThatIsNotMaskedFailsTheConnection() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendBytes(ClientFrame.text("Hello").unmaskedBytes());
            client.expectFailure(1002);
        }
    }

    @TestFactory
    Stream<DynamicTest> aLengthInALongerFormThanNeededFailsTheConnection() {
        return Stream.of(
                        "81 fe 00 05 00 00 00 00 48 65 6c 6c 6f",
                        "81 fe 00 7d 00 00 00 00",
                        "81 ff 00 00 00 00 00 00 00 05 00 00 00 00 48 65 6c 6c 6f",
                        "82 ff 00 00 00 00 00 00 ff ff 00 00 00 00")
                .map(hex -> server.testCase(hex, client -> {
                    client.sendBytes(bytes(hex));
                    client.expectFailure(1002);
                }));
    }

    @Test
    void aLengthWithItsHighestBitSetFailsTheConnection() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendBytes(bytes("82 ff 80 00 00 00 00 00 00 00 00 00 00 00"));
            client.expectFailure(1002);
        }
    }

    @Test
    void aLengthBeyondTheLimitIsRefusedBeforeItsPayload() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendBytes(bytes("82 ff 00 ff ff ff ff ff ff ff 00 00 00 00"));
            client.expectFailure(1009);
        }
    }

    @TestFactory
    Stream<DynamicTest> aStreamCutAnywhereGivesTheSameMessages() {
        byte[] stream = sampleStream();
        return IntStream.range(1, stream.length)
                .mapToObj(cut -> server.testCase("cut before byte " + cut, client -> {
                    client.sendBytes(Arrays.copyOf(stream, cut));
                    client.sendBytes(Arrays.copyOfRange(stream, cut, stream.length));
                    expectSample(client);
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aStreamInWritesOfAnySizeGivesTheSameMessages() {
        byte[] stream = sampleStream();
        return IntStream.rangeClosed(1, 16)
                .mapToObj(size -> server.testCase("writes of " + size, client -> {
                    client.chopped(size, stream);
                    expectSample(client);
                    client.closeNormally();
                }));
    }

    /** Text with a ping between its fragments, an empty message, binary of the second length form, a pong. */
    private static byte[] sampleStream() {
        return Utf8Samples.concat(
                ClientFrame.text("κόσ").notFinal().bytes(0x11223344),
                ClientFrame.ping("p").bytes(0x55667788),
                ClientFrame.continuation("με").bytes(0x99AABBCC),
                ClientFrame.text("").bytes(0x0A0B0C0D),
                ClientFrame.binary(Payloads.binary(130)).bytes(0x01020304),
                ClientFrame.pong("unasked").bytes(0xCAFEBABE),
                ClientFrame.text("end").bytes(0x7FFFFFFF));
    }

    private static void expectSample(RawWebSocketClient client) {
        client.expect(Event.pong("p"));
        client.expect(Event.text("κόσμε"));
        client.expect(Event.text(""));
        client.expect(Event.binary(Payloads.binary(130)));
        client.expect(Event.text("end"));
    }
}
