package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.RSV1;
import static io.posthorn.websocket.conformance.Utf8Samples.bytes;
import static io.posthorn.websocket.conformance.Utf8Samples.concat;
import static org.assertj.core.api.Assertions.assertThat;

/** Compressed messages in every form that a sender may give them, and in some that it may not (RFC 7692 7.2). */
class DeflateStreamsTest {
    private static final String OFFER = "permessage-deflate";
    private static final String HELLO = "f2 48 cd c9 c9 07 00";

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> theFormsThatTheRfcShowsAllSayHello() {
        return Stream.of(
                        HELLO,
                        "00 05 00 fa ff 48 65 6c 6c 6f 00",
                        "f3 48 cd c9 c9 07 00 00",
                        "f2 48 05 00 00 00 ff ff ca c9 c9 07 00",
                        "f2 48 cd c9 c9 07 00 00 00 ff ff 00")
                .map(hex -> server.deflateCase(hex, OFFER, client -> {
                    client.send(compressed(hex));
                    client.expect(Event.text("Hello"));
                    client.closeNormally();
                }));
    }

    @Test
    void aMessageMayReferToTheOneBefore() {
        try (RawWebSocketClient client = server.connectOffering(OFFER)) {
            client.send(compressed(HELLO), compressed("f2 00 11 00 00"));
            client.expect(Event.text("Hello"));
            client.expect(Event.text("Hello"));
            client.closeNormally();
        }
    }

    @Test
    void anUncompressedMessageInBetweenDoesNotChangeTheContext() {
        try (RawWebSocketClient client = server.connectOffering(OFFER)) {
            client.send(compressed(HELLO), ClientFrame.text("as it is"), compressed("f2 00 11 00 00"));
            client.expect(Event.text("Hello"));
            client.expect(Event.text("as it is"));
            client.expect(Event.text("Hello"));
            client.closeNormally();
        }
    }

    @Test
    void afterALastBlockTheNextMessageIsStillUnderstood() {
        try (RawWebSocketClient client = server.connectOffering(OFFER)) {
            client.send(compressed("f3 48 cd c9 c9 07 00 00"), compressed(HELLO), compressed("f2 00 11 00 00"));
            client.expect(Event.text("Hello"));
            client.expect(Event.text("Hello"));
            client.expect(Event.text("Hello"));
            client.closeNormally();
        }
    }

    @Test
    void anEmptyMessageMayBeCompressed() {
        try (RawWebSocketClient client = server.connectOffering(OFFER)) {
            client.send(compressed("00"), compressed(HELLO));
            client.expect(Event.text(""));
            client.expect(Event.text("Hello"));
            client.closeNormally();
        }
    }

    @TestFactory
    Stream<DynamicTest> compressedBytesMayBeCutAnywhere() {
        byte[] hello = bytes("f2 48 05 00 00 00 ff ff ca c9 c9 07 00");
        return IntStream.rangeClosed(0, hello.length)
                .mapToObj(cut -> server.deflateCase("before byte " + cut, OFFER, client -> {
                    client.send(
                            ClientFrame.text(Arrays.copyOf(hello, cut))
                                    .rsv(RSV1)
                                    .notFinal(),
                            ClientFrame.ping("between"),
                            ClientFrame.continuation(Arrays.copyOfRange(hello, cut, hello.length)));
                    client.expect(Event.pong("between"));
                    client.expect(Event.text("Hello"));
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aCompressedStreamInSmallWritesIsUnderstood() {
        return Stream.of(1, 2, 3, 7, 64)
                .map(size -> server.deflateCase("writes of " + size, OFFER, client -> {
                    byte[] text = Payloads.text(Payloads.html(20_000), 0, 20_000);
                    client.sendChopped(
                            size, ClientFrame.text(client.deflate(text)).rsv(RSV1));
                    client.expect(Event.text(text));
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotDeflateFailsTheConnection() {
        return Stream.of(
                        "07",
                        "ff ff ff ff",
                        "00 05 00 00 00 48 65 6c 6c 6f 00",
                        "f2 00 11 00 00",
                        "04 00 fe ff ff ff ff ff ff ff ff ff",
                        "ed fd ff ff ff ff ff ff ff ff")
                .map(hex -> server.deflateCase(hex, OFFER, client -> {
                    client.send(compressed(hex));
                    client.expectFailure(1007);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aMessageThatEndsInsideABlockDoesNotHang() {
        // The four bytes that are added may complete the block by chance, so that not each of them can be told.
        return Stream.of("", "f2 48", "f2 48 cd c9", "00 05 00 fa ff 48 65", "00 05 00", "04")
                .map(hex -> server.deflateCase("body " + hex, OFFER, client -> {
                    client.send(compressed(hex), ClientFrame.close(1000, ""));
                    Event seen = client.next();
                    seen = seen.kind() == Event.Kind.TEXT ? client.next() : seen;
                    assertThat(seen.kind()).isEqualTo(Event.Kind.CLOSE);
                    assertThat(seen.code()).isIn(1000, 1007);
                    client.expect(Event.end());
                }));
    }

    @Test
    void withoutContextAReferenceToTheMessageBeforeFailsTheConnection() {
        String offer = "permessage-deflate; client_no_context_takeover";
        try (RawWebSocketClient client = server.connectOffering(offer)) {
            if (client.agreement().clientNoContextTakeover()) {
                client.send(compressed(HELLO), compressed("f2 00 11 00 00"));
                client.expect(Event.text("Hello"));
                client.expectFailure(1007);
            }
        }
    }

    @Test
    void aBinaryMessageOfManyBlocksComesBack() {
        byte[] stored = concat(bytes("00 05 00 fa ff 48 65 6c 6c 6f"), bytes("00 00 00 ff ff"));
        byte[][] blocks = new byte[2000][];
        Arrays.fill(blocks, stored);
        byte[] hellos = Payloads.piece(new byte[] {'H', 'e', 'l', 'l', 'o'}, 0, 10_000);
        try (RawWebSocketClient client = server.connectOffering(OFFER)) {
            client.send(ClientFrame.binary(concat(concat(blocks), new byte[1])).rsv(RSV1));
            client.expect(Event.binary(hellos));
            client.closeNormally();
        }
    }

    private static ClientFrame compressed(String hex) {
        return ClientFrame.text(hex.isEmpty() ? new byte[0] : bytes(hex)).rsv(RSV1);
    }
}
