package io.posthorn.playground.wire;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

class SplitterTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void chunksStandWithTheirSizesAndLineEnds() {
        String[] chunks = {"5\r\nhello\r\n", "A;ext=\"1\"\r\n0123456789\r\n", "1\r\n\r\r\n", "0\r\nTrailer: x\r\n\r\n"};

        assertEverySplit(CHUNKED, chunks);
    }

    @Test
    void theLastChunkIsAPieceToo() {
        assertEverySplit(CHUNKED, "2\r\n\n\n\r\n", "0\r\n\r\n");
    }

    @Test
    void aBodyIsOnePieceWhateverStandsInIt() {
        assertEverySplit("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n", "1\r\n\r\n\r\n\r");
    }

    @Test
    void anAnswerWithoutABodyHasAnEmptyPiece() {
        assertEverySplit("HTTP/1.1 204 No Content\r\nETag: \"a-1\"\r\n\r\n", "");
    }

    @Test
    void framesStandWithTheirHeaders() {
        assertEverySplit(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
                latin1("8105 48656c6c6f"), // text of 5 bytes
                latin1("8900"), // a ping without payload
                latin1("8185 37fa213d 7f9f4d5158"), // masked
                latin1("8a80 37fa213d"), // masked, without payload
                latin1("827e0080 " + "ab".repeat(128)), // a length of 16 bits
                latin1("827f0000000000000003 010203"), // a length of 64 bits
                latin1("82fe0002 00000000 0102")); // masked, with 16 bits
    }

    @Test
    void ofALongPieceTheBeginningIsKeptAndTheWholeCounted() {
        String body = "x".repeat(100_000);

        List<Piece> pieces = pieces(AnswerSplitter::new, "HTTP/1.1 200 OK\r\n\r\n" + body, 777);

        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0).size()).isEqualTo(100_000);
        assertThat(pieces.get(0).bytes()).hasSize(Piece.SHOWN);
    }

    @Test
    void aLengthThatNoFrameMayHaveDoesNoHarm() {
        List<Piece> pieces = pieces(FrameSplitter::new, latin1("82ffffffffffffffffff 0000") + "x".repeat(5000), 100);

        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0).size()).isEqualTo(5012);
    }

    @Test
    void aSizeThatNoChunkMayHaveDoesNoHarm() {
        List<Piece> pieces = pieces(AnswerSplitter::new, CHUNKED + "f".repeat(5000) + "\r\nabc", 100);

        assertThat(pieces).hasSize(1);
        assertThat(pieces.get(0).size()).isEqualTo(5005);
    }

    @Test
    void whateverComesNothingIsLost() {
        Random random = new Random(4);
        for (int round = 0; round < 500; round++) {
            byte[] noise = new byte[random.nextInt(4000)];
            random.nextBytes(noise);
            String text = new String(noise, StandardCharsets.ISO_8859_1);
            int part = 1 + random.nextInt(50);
            assertThat(total(pieces(FrameSplitter::new, text, part))).isEqualTo(noise.length);
            assertThat(total(pieces(AnswerSplitter::new, CHUNKED + text, part))).isEqualTo(noise.length);
        }
    }

    @Test
    void theHeadIsKeptAsText() {
        AnswerSplitter splitter = new AnswerSplitter(piece -> {});

        splitter.onBytes(ByteBuffer.wrap("HTTP/1.1 200 OK\r\nA: b\r\n\r".getBytes(StandardCharsets.US_ASCII)));
        assertThat(splitter.head()).isEmpty();
        assertThat(splitter.headSize()).isZero();

        splitter.onBytes(ByteBuffer.wrap("\nbody".getBytes(StandardCharsets.US_ASCII)));
        assertThat(splitter.head()).isEqualTo("HTTP/1.1 200 OK\nA: b\n");
        assertThat(splitter.headSize()).isEqualTo(25);
    }

    @Test
    void secretsAreNotShown() {
        assertThat(Secrets.hidden("GET / HTTP/1.1\nCookie: a=b\nauthorization: Basic x\nHost: a\n"))
                .isEqualTo("GET / HTTP/1.1\nCookie: …\nauthorization: …\nHost: a");
    }

    /** In two parts cut at each place, and in parts of each size. */
    private static void assertEverySplit(String head, String... expected) {
        String stream = head + String.join("", expected);
        for (int cut = 0; cut <= stream.length(); cut++) {
            List<Piece> pieces = new ArrayList<>();
            AnswerSplitter splitter = new AnswerSplitter(pieces::add);
            feed(splitter, stream.substring(0, cut));
            feed(splitter, stream.substring(cut));
            splitter.onEnd();
            assertPieces(pieces, expected);
        }
        for (int size = 1; size <= stream.length(); size++) {
            assertPieces(pieces(AnswerSplitter::new, stream, size), expected);
        }
    }

    private static void assertPieces(List<Piece> pieces, String... expected) {
        assertThat(pieces.stream().map(piece -> new String(piece.bytes(), StandardCharsets.ISO_8859_1)))
                .containsExactly(expected);
        assertThat(pieces.stream().map(Piece::size))
                .containsExactlyElementsOf(Arrays.stream(expected)
                        .map(piece -> (long) piece.length())
                        .toList());
    }

    private static List<Piece> pieces(Function<Consumer<Piece>, PieceSplitter> splitters, String stream, int size) {
        List<Piece> pieces = new ArrayList<>();
        PieceSplitter splitter = splitters.apply(pieces::add);
        for (int from = 0; from < stream.length(); from += size) {
            feed(splitter, stream.substring(from, Math.min(stream.length(), from + size)));
        }
        splitter.onEnd();
        return pieces;
    }

    private static long total(List<Piece> pieces) {
        return pieces.stream().mapToLong(Piece::size).sum();
    }

    private static void feed(PieceSplitter splitter, String latin1) {
        splitter.onBytes(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String latin1(String hex) {
        return new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1);
    }
}
