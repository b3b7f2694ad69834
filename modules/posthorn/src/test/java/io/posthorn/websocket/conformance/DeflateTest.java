package io.posthorn.websocket.conformance;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.posthorn.websocket.conformance.ClientFrame.BINARY;
import static io.posthorn.websocket.conformance.ClientFrame.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compressed messages of each size and kind, and under each set of parameters (RFC 7692 7). The client checks that the
 * server's answers keep to the window and the context that were agreed.
 */
class DeflateTest {
    /** The extension as browsers offer it. */
    private static final String USUAL = "permessage-deflate; client_no_context_takeover; client_max_window_bits";

    private static final int CORPUS = 512 * 1024;
    private static final byte[] JSON = Payloads.json(CORPUS);
    private static final byte[] HTML = Payloads.html(CORPUS);
    private static final byte[] PROSE = Payloads.prose(CORPUS);
    private static final byte[] PICTURE = Payloads.picture(CORPUS);
    private static final byte[] ARCHIVE = Payloads.archive(CORPUS);

    /** How many bytes a case sends, in at least {@link #FEWEST} and at most {@link #MOST} messages. */
    private static final int VOLUME = 256 * 1024;

    private static final int FEWEST = 3;
    private static final int MOST = 100;

    /** A message's size and that of the frames in which its compressed form goes out. */
    private record Size(int message, int fragment) {
        @Override
        public String toString() {
            return message + " bytes" + (fragment == Integer.MAX_VALUE ? "" : " in frames of " + fragment);
        }
    }

    private static final List<Size> SIZES = Stream.concat(
                    Stream.of(16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072)
                            .map(size -> new Size(size, Integer.MAX_VALUE)),
                    Stream.of(
                            new Size(8192, 256),
                            new Size(16_384, 256),
                            new Size(32_768, 256),
                            new Size(65_536, 256),
                            new Size(131_072, 256),
                            new Size(131_072, 1024),
                            new Size(131_072, 4096),
                            new Size(131_072, 32_768)))
            .toList();

    private static final List<String> OFFERS = List.of(
            "permessage-deflate",
            "permessage-deflate; server_no_context_takeover",
            "permessage-deflate; client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            "permessage-deflate; server_max_window_bits=8",
            "permessage-deflate; server_max_window_bits=9",
            "permessage-deflate; server_max_window_bits=15",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=15",
            "permessage-deflate; client_max_window_bits=8",
            "permessage-deflate; client_max_window_bits=9; server_max_window_bits=9",
            "permessage-deflate; client_no_context_takeover; client_max_window_bits=10; server_max_window_bits=10",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9, "
                    + "permessage-deflate; server_no_context_takeover, permessage-deflate");

    private final EchoServer server = EchoServer.running();

    @TestFactory
    Stream<DynamicTest> jsonAsText() {
        return SIZES.stream().map(size -> echoes(size, USUAL, TEXT, JSON));
    }

    @TestFactory
    Stream<DynamicTest> markupAsText() {
        return SIZES.stream().map(size -> echoes(size, USUAL, TEXT, HTML));
    }

    @TestFactory
    Stream<DynamicTest> proseAsBinary() {
        return SIZES.stream().map(size -> echoes(size, USUAL, BINARY, PROSE));
    }

    @TestFactory
    Stream<DynamicTest> aPictureAsBinary() {
        return SIZES.stream().map(size -> echoes(size, USUAL, BINARY, PICTURE));
    }

    @TestFactory
    Stream<DynamicTest> compressedDataAsBinary() {
        return SIZES.stream().map(size -> echoes(size, USUAL, BINARY, ARCHIVE));
    }

    @TestFactory
    Stream<DynamicTest> eachSetOfParameters() {
        return OFFERS.stream().flatMap(offer -> SIZES.stream().map(size -> echoes(size, offer, TEXT, JSON)));
    }

    private DynamicTest echoes(Size size, String offer, int opcode, byte[] corpus) {
        int messages = Math.max(FEWEST, Math.min(MOST, VOLUME / size.message()));
        return server.deflateCase(size + ", " + offer, offer, client -> {
            int compressed = 0;
            for (int i = 0; i < messages; i++) {
                byte[] payload = opcode == TEXT
                        ? Payloads.text(corpus, i * size.message(), size.message())
                        : Payloads.piece(corpus, i * size.message(), size.message());
                client.sendMessage(opcode, payload, size.fragment());
                compressed += client.expect(message(opcode, payload)).compressed() ? 1 : 0;
            }
            client.closeNormally();
            assertThat(compressed)
                    .as("compressed answers to messages of 4 KiB and more")
                    .isGreaterThanOrEqualTo(size.message() >= 4096 && opcode == TEXT ? messages : 0);
        });
    }

    private static Event message(int opcode, byte[] payload) {
        return opcode == TEXT ? Event.text(payload) : Event.binary(payload);
    }
}
