package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.RSV1;

/** Reserved bits that no extension has given a meaning fail the connection (RFC 6455 5.2). */
class ReservedBitsTest {
    private static final String OFFER = "permessage-deflate";

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> aFrameWithReservedBitsFailsTheConnection() {
        return IntStream.rangeClosed(1, 7)
                .boxed()
                .flatMap(bits -> kinds().stream()
                        .map(frame -> server.testCase(
                                "bits " + bits + " with " + frame.payload().length + " bytes", client -> {
                                    client.send(frame.rsv(bits));
                                    client.expectFailure(1002);
                                })));
    }

    @TestFactory
    Stream<DynamicTest> whatCameBeforeIsAnsweredAndWhatComesAfterIsNot() {
        return Stream.of(1, 2, 3, 4, 10_000)
                .map(size -> server.testCase("in writes of " + size, client -> {
                    client.sendChopped(
                            size,
                            ClientFrame.text("before"),
                            ClientFrame.text("bad").rsv(2),
                            ClientFrame.ping("after"));
                    client.expect(Event.text("before"));
                    client.expectFailure(1002);
                }));
    }

    @TestFactory
    Stream<DynamicTest> withCompressionTheOtherBitsStillFailTheConnection() {
        return Stream.of(1, 2, 3, 5, 6, 7)
                .map(bits -> server.deflateCase("bits " + bits, OFFER, client -> {
                    client.send(
                            ClientFrame.text(client.deflate(Payloads.ascii(10))).rsv(bits));
                    client.expectFailure(1002);
                }));
    }

    @TestFactory
    Stream<DynamicTest> withCompressionRsv1StandsOnAMessagesFirstFrameOnly() {
        ClientFrame first = ClientFrame.text("first").notFinal();
        return Stream.of(
                server.deflateCase("a ping", OFFER, client -> {
                    client.send(ClientFrame.ping("p").rsv(RSV1));
                    client.expectFailure(1002);
                }),
                server.deflateCase("a pong", OFFER, client -> {
                    client.send(ClientFrame.pong("p").rsv(RSV1));
                    client.expectFailure(1002);
                }),
                server.deflateCase("a Close frame", OFFER, client -> {
                    client.send(ClientFrame.close(1000, "").rsv(RSV1));
                    client.expectFailure(1002);
                }),
                server.deflateCase("a continuation of an uncompressed message", OFFER, client -> {
                    client.send(first, ClientFrame.continuation("second").rsv(RSV1));
                    client.expectFailure(1002);
                }),
                server.deflateCase("a continuation of a compressed message", OFFER, client -> {
                    byte[] compressed = client.deflate(Payloads.ascii(10));
                    client.send(
                            ClientFrame.text(compressed).notFinal().rsv(RSV1),
                            ClientFrame.continuation(new byte[0]).rsv(RSV1));
                    client.expectFailure(1002);
                }));
    }

    private static List<ClientFrame> kinds() {
        return List.of(
                ClientFrame.text("text"),
                ClientFrame.binary(Payloads.binary(5)),
                ClientFrame.ping("ping-ping"),
                ClientFrame.close(1000, ""));
    }
}
