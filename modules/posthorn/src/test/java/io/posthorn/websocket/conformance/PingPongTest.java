package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pings are answered with their own payload, pongs need no answer (RFC 6455 5.5.2, 5.5.3). */
class PingPongTest {
    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> aPingIsAnsweredWithItsPayload() {
        byte[] notUtf8 = Utf8Samples.bytes("00 ff fe fd fc fb 00 ff");
        return Stream.of(new byte[0], Payloads.ascii(13), notUtf8, Payloads.binary(124), Payloads.binary(125))
                .map(payload -> server.testCase(payload.length + " bytes", client -> {
                    client.send(ClientFrame.ping(payload));
                    client.expect(Event.pong(payload));
                    client.closeNormally();
                }));
    }

    @Test
    void aPingInSingleBytesIsAnswered() {
        try (RawWebSocketClient client = server.connect()) {
            client.sendChopped(1, ClientFrame.ping(Payloads.binary(125)));
            client.expect(Event.pong(Payloads.binary(125)));
            client.closeNormally();
        }
    }

    @TestFactory
    Stream<DynamicTest> aPingLongerThanAControlFrameFailsTheConnection() {
        return Stream.of(126, 127, 65_536)
                .map(length -> server.testCase(length + " bytes", client -> {
                    client.send(ClientFrame.ping(Payloads.binary(length)));
                    client.expectFailure(1002);
                }));
    }

    @TestFactory
    Stream<DynamicTest> anUnaskedPongIsIgnored() {
        return Stream.of("", "unasked")
                .map(payload -> server.testCase("payload \"" + payload + "\"", client -> {
                    client.send(ClientFrame.pong(payload));
                    client.closeNormally();
                }));
    }

    @Test
    void aPingAfterAnUnaskedPongIsAnswered() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(ClientFrame.pong("unasked"), ClientFrame.ping("asked"));
            client.expect(Event.pong("asked"));
            client.closeNormally();
        }
    }

    @TestFactory
    Stream<DynamicTest> manyPingsAreAllAnsweredInOrder() {
        ClientFrame[] pings = IntStream.range(0, 10)
                .mapToObj(i -> ClientFrame.ping("payload " + i))
                .toArray(ClientFrame[]::new);
        return Stream.of(1, 7, 10_000)
                .map(size -> server.testCase("in writes of " + size, client -> {
                    client.sendChopped(size, pings);
                    Arrays.stream(pings).forEach(ping -> client.expect(Event.pong(ping.payload())));
                    client.closeNormally();
                }));
    }

    @Test
    void pingsBetweenMessagesKeepTheirPlace() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(ClientFrame.text("one"), ClientFrame.ping("two"), ClientFrame.text("three"));
            client.expect(Event.text("one"));
            client.expect(Event.pong("two"));
            client.expect(Event.text("three"));
            client.closeNormally();
        }
    }
}
