package io.posthorn.websocket.conformance;

import io.posthorn.websocket.conformance.Utf8Samples.Sample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.RSV1;
import static io.posthorn.websocket.conformance.ClientFrame.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Text is UTF-8, and the first byte that cannot be fails the connection, whatever is still to come (RFC 6455 8.1). */
class Utf8Test {
    private static final byte[] VALID = "Hello-µ@ßöäüàá-UTF-8!! 你好，驿马 👩‍💻".getBytes(UTF_8);

    /** No sample is longer, so that a frame with this length stays incomplete behind one. */
    private static final int ANNOUNCED = 400;

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> eachSampleInOneFrame() {
        return samples()
                .map(sample -> server.testCase(sample.name(), client -> {
                    client.send(ClientFrame.text(sample.bytes()));
                    expectEchoOrFailure(client, sample);
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachSampleInSingleBytes() {
        return samples()
                .map(sample -> server.testCase(sample.name(), client -> {
                    client.sendChopped(1, ClientFrame.text(sample.bytes()));
                    expectEchoOrFailure(client, sample);
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachSampleInFragmentsOfOneByte() {
        return samples()
                .map(sample -> server.testCase(sample.name(), client -> {
                    client.sendMessage(TEXT, sample.bytes(), 1);
                    expectEchoOrFailure(client, sample);
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachSampleCompressed() {
        return samples()
                .map(sample -> server.deflateCase(sample.name(), "permessage-deflate", client -> {
                    client.sendMessage(TEXT, sample.bytes(), Integer.MAX_VALUE);
                    expectEchoOrFailure(client, sample);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theFirstBadByteFailsTheConnectionInsideAFrame() {
        return badBeginnings()
                .map(bad -> server.testCase(name(bad), client -> {
                    client.sendBytes(beginningOfFrame(bad));
                    client.expectFailure(1007);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theFirstBadByteFailsTheConnectionInsideAFrameOfSingleBytes() {
        return badBeginnings()
                .map(bad -> server.testCase(name(bad), client -> {
                    client.chopped(1, beginningOfFrame(bad));
                    client.expectFailure(1007);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theFirstBadByteFailsTheConnectionBetweenFragments() {
        return badBeginnings()
                .map(bad -> server.testCase(name(bad), client -> {
                    // The pong shows that all bytes before the last have been taken.
                    client.send(
                            ClientFrame.text(Arrays.copyOf(bad, bad.length - 1)).notFinal(), ClientFrame.ping("good"));
                    client.expect(Event.pong("good"));
                    byte[] last = Arrays.copyOfRange(bad, bad.length - 1, bad.length);
                    client.send(ClientFrame.continuation(last).notFinal());
                    client.expectFailure(1007);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theFirstBadByteFailsTheConnectionBetweenCompressedFragments() {
        return badBeginnings()
                .map(bad -> server.deflateCase(name(bad), "permessage-deflate", client -> {
                    client.send(ClientFrame.text(flushed(client, bad)).rsv(RSV1).notFinal());
                    client.expectFailure(1007);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aValidTextCutInTwoAnywhereComesBack() {
        return IntStream.rangeClosed(0, VALID.length)
                .mapToObj(cut -> server.testCase("before byte " + cut, client -> {
                    client.send(
                            ClientFrame.text(Arrays.copyOf(VALID, cut)).notFinal(),
                            ClientFrame.continuation(Arrays.copyOfRange(VALID, cut, VALID.length)));
                    client.expect(Event.text(VALID));
                    client.closeNormally();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aBadByteFarBehindIsFoundAtAnyOffset() {
        // Validators read several bytes at a time: the bad one stands at each place of such a step.
        return IntStream.range(0, 33)
                .mapToObj(offset -> server.testCase("after " + (4096 + offset), client -> {
                    byte[] text = Payloads.ascii(8192);
                    text[4096 + offset] = (byte) 0xFF;
                    client.send(ClientFrame.text(text));
                    client.expectFailure(1007);
                }));
    }

    @Test
    void binaryIsNotCheckedForUtf8() {
        try (RawWebSocketClient client = server.connect()) {
            samples().forEach(sample -> {
                client.send(ClientFrame.binary(sample.bytes()));
                client.expect(Event.binary(sample.bytes()));
            });
            client.closeNormally();
        }
    }

    @Test
    void aCharacterMayNotReachIntoTheNextMessage() {
        try (RawWebSocketClient client = server.connect()) {
            client.send(ClientFrame.text(Utf8Samples.bytes("c3")), ClientFrame.text(Utf8Samples.bytes("a4")));
            client.expectFailure(1007);
        }
    }

    private static Stream<Sample> samples() {
        return Utf8Samples.all().stream();
    }

    /** The bytes up to and with the first bad one; a letter after a sequence that was cut short is bad too. */
    private static Stream<byte[]> badBeginnings() {
        List<byte[]> beginnings = samples()
                .filter(sample -> !sample.isValid())
                .map(sample -> Utf8Samples.concat(VALID, sample.bytes(), new byte[] {'x'}))
                .map(bytes -> Arrays.copyOf(bytes, Utf8Samples.firstBadByte(bytes) + 1))
                .toList();
        return beginnings.stream();
    }

    private static String name(byte[] bad) {
        StringBuilder name = new StringBuilder("...");
        for (int i = VALID.length; i < bad.length; i++) {
            name.append(String.format(" %02x", bad[i]));
        }
        return name.toString();
    }

    /** The header of a frame of {@link #ANNOUNCED} bytes, and only {@code payload} of these. */
    private static byte[] beginningOfFrame(byte[] payload) {
        byte[] frame = ClientFrame.text(Arrays.copyOf(payload, ANNOUNCED)).bytes(0x5AA51234);
        return Arrays.copyOf(frame, frame.length - ANNOUNCED + payload.length);
    }

    /** Compressed, with the four bytes of the flush, so that an inflater can see every byte of it. */
    private static byte[] flushed(RawWebSocketClient client, byte[] payload) {
        return Utf8Samples.concat(client.deflate(payload), Utf8Samples.bytes("00 00 ff ff"));
    }

    private static void expectEchoOrFailure(RawWebSocketClient client, Sample sample) {
        if (sample.isValid()) {
            client.expect(Event.text(sample.bytes()));
            client.closeNormally();
        } else {
            client.expectFailure(1007);
        }
    }
}
