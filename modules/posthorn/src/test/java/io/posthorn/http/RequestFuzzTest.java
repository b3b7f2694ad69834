package io.posthorn.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damages requests at random and reads each twice, at once and cut in pieces: both readings are the same, nothing but an
 * {@link HttpException} comes of it, and nothing comes after that.
 */
class RequestFuzzTest {
    private static final int ROUNDS = 2_000;
    private static final List<String> SAMPLES = List.of(
            "GET /a/../b%2Fc?d=e+f HTTP/1.1\r\nHost: example.com\r\nAccept: */*\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: u\r\n\r\nGET / HTTP/1.0\r\n\r\n",
            "\r\nOPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nExpect: 100-continue\r\nConnection: Upgrade\r\n\r\n");
    private static final String SPICE = "\r\n\r\n \t\0:;,/%?#.0aF\u0080\u00ff";

    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void aDamagedRequestReadInPiecesIsReadTheSame() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(random);
            String whole = read(bytes, random, bytes.length);
            String pieces = read(bytes, random, 1 + random.nextInt(9));
            assertThat(pieces)
                    .as(() -> "seed " + seed + ": " + new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(whole);
        }
    }

    private static byte[] damaged(Random random) {
        StringBuilder text = new StringBuilder(SAMPLES.get(random.nextInt(SAMPLES.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            String spice = String.valueOf(SPICE.charAt(random.nextInt(SPICE.length())));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, spice);
                case 1 -> text.replace(at, at + 1, spice);
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What comes out of a decoder and an assembler, as text; each request is answered as soon as it is complete. */
    private static String read(byte[] bytes, Random random, int maxPiece) {
        StrictRequestDecoder decoder = new StrictRequestDecoder(HttpLimits.defaults());
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        RequestAssembler assembler = new RequestAssembler(HttpLimits.defaults(), ForwardedHeaders.ignored());
        StringBuilder text = new StringBuilder();
        try {
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(
                        bytes.length, at + (maxPiece == bytes.length ? maxPiece : 1 + random.nextInt(maxPiece)));
                channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOfRange(bytes, at, end)));
                at = end;
                receiveAll(channel, decoder, assembler, text);
            }
        } catch (HttpException refusal) {
            decoder.discard();
            channel.releaseInbound();
            channel.writeInbound(
                    Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n", StandardCharsets.ISO_8859_1));
            assertThat(channel.inboundMessages()).isEmpty();
            text.append(refusal.refusal());
        } finally {
            channel.finishAndReleaseAll();
        }
        return text.toString();
    }

    private static void receiveAll(
            EmbeddedChannel channel, StrictRequestDecoder decoder, RequestAssembler assembler, StringBuilder text) {
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof HttpException refusal) {
                throw refusal;
            }
            if (message instanceof HttpRequest head) {
                assembler.begin(head);
            }
            if (message instanceof HttpContent piece) {
                append(piece, assembler);
            }
            if (message instanceof LastHttpContent) {
                io.posthorn.http.HttpRequest request = assembler.finish(NOBODY, false, 0);
                text.append(request.headText()).append(request.path()).append(request.query());
                text.append(new String(request.body(), StandardCharsets.ISO_8859_1))
                        .append('\n');
                decoder.resume();
            }
        }
    }

    private static void append(HttpContent piece, RequestAssembler assembler) {
        try {
            assembler.append(piece.content());
        } finally {
            piece.release();
        }
    }
}
