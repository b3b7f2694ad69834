package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The client's own compression against the JDK's and against the RFC's examples: a judge must be right itself. */
class CheckedInflaterTest {
    @TestFactory
    Stream<DynamicTest> theExamplesOfTheRfcInflateToHello() {
        return Stream.of(
                        "f2 48 cd c9 c9 07 00",
                        "00 05 00 fa ff 48 65 6c 6c 6f 00",
                        "f3 48 cd c9 c9 07 00 00",
                        "f2 48 05 00 00 00 ff ff ca c9 c9 07 00")
                .map(hex -> DynamicTest.dynamicTest(
                        hex,
                        () -> assertThat(new CheckedInflater(15, true).inflate(Utf8Samples.bytes(hex)))
                                .isEqualTo("Hello".getBytes(UTF_8))));
    }

    @Test
    void aSecondMessageMayReferToTheFirst() {
        CheckedInflater inflater = new CheckedInflater(15, true);
        inflater.inflate(Utf8Samples.bytes("f2 48 cd c9 c9 07 00"));
        assertThat(inflater.inflate(Utf8Samples.bytes("f2 00 11 00 00"))).isEqualTo("Hello".getBytes(UTF_8));
        assertThat(inflater.longestDistance()).isEqualTo(5);
    }

    @Test
    void withoutContextAReferenceToTheFirstMessageIsFound() {
        CheckedInflater inflater = new CheckedInflater(15, false);
        inflater.inflate(Utf8Samples.bytes("f2 48 cd c9 c9 07 00"));
        assertThatThrownBy(() -> inflater.inflate(Utf8Samples.bytes("f2 00 11 00 00")))
                .hasMessageContaining("before the message's");
    }

    @Test
    void aDistanceBeyondTheWindowIsFound() {
        byte[] twice = Payloads.archive(600);
        System.arraycopy(twice, 0, twice, 300, 300);
        byte[] compressed = new WindowedDeflater(9, true).deflate(twice);
        assertThat(new CheckedInflater(9, true).inflate(compressed)).isEqualTo(twice);
        assertThatThrownBy(() -> new CheckedInflater(8, true).inflate(compressed))
                .hasMessageContaining("longer than the window");
    }

    @TestFactory
    Stream<DynamicTest> whatTheJdkDeflatesInflatesToTheSame() {
        return corpora()
                .flatMap(data -> Stream.of(1, 6, 9)
                        .map(level -> DynamicTest.dynamicTest("level " + level, () -> {
                            CheckedInflater inflater = new CheckedInflater(15, true);
                            Deflater deflater = new Deflater(level, true);
                            for (int from = 0; from < data.length; from += 30_000) {
                                byte[] piece = Payloads.piece(data, from, 30_000);
                                assertThat(inflater.inflate(deflated(deflater, piece)))
                                        .isEqualTo(piece);
                            }
                            deflater.end();
                        })));
    }

    @TestFactory
    Stream<DynamicTest> whatTheWindowedDeflaterDeflatesTheJdkInflates() {
        return corpora()
                .flatMap(data -> Stream.of(8, 9, 12, 15)
                        .map(bits -> DynamicTest.dynamicTest(bits + " bits", () -> {
                            WindowedDeflater deflater = new WindowedDeflater(bits, true);
                            CheckedInflater inflater = new CheckedInflater(bits, true);
                            Inflater jdk = new Inflater(true);
                            for (int from = 0; from < data.length; from += 7000) {
                                byte[] piece = Payloads.piece(data, from, 7000);
                                byte[] compressed = deflater.deflate(piece);
                                assertThat(inflater.inflate(compressed)).isEqualTo(piece);
                                assertThat(inflated(jdk, compressed, piece.length))
                                        .isEqualTo(piece);
                            }
                            jdk.end();
                        })));
    }

    private static Stream<byte[]> corpora() {
        return List.of(
                Payloads.json(100_000),
                Payloads.prose(100_000),
                Payloads.picture(100_000),
                Payloads.archive(100_000),
                new byte[100_000])
                .stream();
    }

    private static byte[] deflated(Deflater deflater, byte[] piece) {
        byte[] out = new byte[piece.length + 1000];
        deflater.setInput(piece);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length - 4);
    }

    private static byte[] inflated(Inflater jdk, byte[] compressed, int length) throws DataFormatException {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        in.writeBytes(compressed);
        in.writeBytes(Utf8Samples.bytes("00 00 ff ff"));
        jdk.setInput(in.toByteArray());
        byte[] out = new byte[length + 1];
        return Arrays.copyOf(out, jdk.inflate(out));
    }
}
