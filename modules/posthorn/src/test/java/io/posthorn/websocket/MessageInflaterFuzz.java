package io.posthorn.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.Arrays;
import java.util.zip.Deflater;

import static org.assertj.core.api.Assertions.assertThat;

class MessageInflaterFuzz {
    private static final int LIMIT = 5000;

    @FuzzTest
    void whateverIsInflatedStaysWithinTheLimitAndWhatWasDeflatedComesBack(FuzzedDataProvider data) {
        switch (data.consumeInt(0, 2)) {
            case 0 -> inflate(data);
            case 1 -> deflateAndInflate(data);
            default -> inflateStreamsThatEnd(data);
        }
    }

    private static void inflate(FuzzedDataProvider data) {
        MessageInflater inflater = new MessageInflater(data.consumeBoolean());
        MessageBuffer message = new MessageBuffer(LIMIT, data.consumeBoolean());
        try {
            while (data.remainingBytes() > 0) {
                byte[] piece = data.consumeBytes(data.consumeInt(1, 500));
                inflater.inflate(piece, piece.length, message);
                assertThat(message.size()).isLessThanOrEqualTo(LIMIT);
            }
            inflater.finish(message);
            assertThat(message.size()).isLessThanOrEqualTo(LIMIT);
        } catch (WebSocketException violation) {
            assertThat(violation.code()).isIn(CloseCode.INVALID_PAYLOAD, CloseCode.TOO_BIG);
        } finally {
            inflater.close();
        }
        assertThat(message.room()).hasSizeLessThanOrEqualTo(LIMIT + 1);
    }

    private static void deflateAndInflate(FuzzedDataProvider data) {
        boolean noTakeover = data.consumeBoolean();
        DeflateParameters parameters =
                new DeflateParameters(noTakeover, noTakeover, data.consumeInt(8, 15), 15, false, false);
        MessageDeflater deflater = new MessageDeflater(parameters, data.consumeInt(1, 9));
        MessageInflater inflater = new MessageInflater(!noTakeover);
        try {
            while (data.remainingBytes() > 0) {
                byte[] sent = repeated(data);
                assertThat(inflated(inflater, deflated(deflater, sent))).isEqualTo(sent);
            }
        } finally {
            deflater.close();
            inflater.close();
        }
    }

    /** RFC 7692 7.2.3.4: a sender may end the DEFLATE stream inside a message, and begin another. */
    private static void inflateStreamsThatEnd(FuzzedDataProvider data) {
        ByteBuf compressed = Unpooled.buffer();
        ByteBuf sent = Unpooled.buffer();
        int streams = data.consumeInt(1, 4);
        for (int i = 0; i < streams; i++) {
            byte[] piece = data.consumeBytes(data.consumeInt(0, 200));
            sent.writeBytes(piece);
            compressed.writeBytes(ended(piece));
        }
        compressed.writeByte(0);
        MessageInflater inflater = new MessageInflater(data.consumeBoolean());
        MessageBuffer message = new MessageBuffer(LIMIT, false);
        Cuts.pieces(taken(compressed), data).forEach(piece -> {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            inflater.inflate(bytes, bytes.length, message);
        });
        inflater.finish(message);
        inflater.close();
        assertThat(message.takeBytes()).isEqualTo(taken(sent));
    }

    private static byte[] ended(byte[] piece) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(piece);
        deflater.finish();
        byte[] compressed = new byte[piece.length + 100];
        int size = deflater.deflate(compressed);
        deflater.end();
        return Arrays.copyOf(compressed, size);
    }

    /** Something to compress. */
    private static byte[] repeated(FuzzedDataProvider data) {
        int times = data.consumeInt(1, 20);
        byte[] piece = data.consumeBytes(data.consumeInt(0, LIMIT / 20));
        ByteBuf message = Unpooled.buffer();
        for (int i = 0; i < times; i++) {
            message.writeBytes(piece);
        }
        return taken(message);
    }

    private static byte[] deflated(MessageDeflater deflater, byte[] message) {
        ByteBuf out = Unpooled.buffer();
        deflater.deflate(message, out);
        return taken(out);
    }

    private static byte[] inflated(MessageInflater inflater, byte[] compressed) {
        MessageBuffer message = new MessageBuffer(LIMIT, false);
        inflater.inflate(compressed, compressed.length, message);
        inflater.finish(message);
        return message.takeBytes();
    }

    private static byte[] taken(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes).release();
        return bytes;
    }
}
