package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Inflater;

import static org.assertj.core.api.Assertions.assertThat;

/** What is compressed for a client must come out again, with the window that it asked for. */
class MessageDeflaterTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 12, 14, 15})
    void whatIsDeflatedInflatesToTheSame(int windowBits) throws Exception {
        MessageDeflater deflater =
                new MessageDeflater(new DeflateParameters(false, false, windowBits, 15, false, false), 6);
        Inflater inflater = new Inflater(true);
        Random random = new Random(windowBits);
        for (int size : new int[] {0, 1, 2, 255, 256, 257, 511, 512, 513, 5000, 70_000, 0, 100}) {
            byte[] message = words(random, size);

            assertThat(inflate(inflater, deflate(deflater, message), size)).isEqualTo(message);
        }
        inflater.end();
        deflater.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 14})
    void aSmallerWindowIsNeverReachedBeyond(int windowBits) {
        MessageDeflater deflater =
                new MessageDeflater(new DeflateParameters(false, false, windowBits, 15, false, false), 9);
        byte[] block = new byte[1 << windowBits];
        new Random(1).nextBytes(block);
        byte[] twice = Frames.join(block, block);

        // Random bytes that come again one window later: a longer window would make the second half nearly free.
        assertThat(deflate(deflater, twice).length).isGreaterThan(twice.length - 8);
        deflater.close();
    }

    @Test
    void withContextTakeoverTheSecondTimeIsShorter() {
        MessageDeflater deflater = new MessageDeflater(new DeflateParameters(false, false, 15, 15, false, false), 6);
        byte[] message = "The second time, this is in the window.".getBytes(StandardCharsets.UTF_8);

        int first = deflate(deflater, message).length;

        assertThat(deflate(deflater, message).length).isLessThan(first / 2);
        deflater.close();
    }

    @Test
    void withoutContextTakeoverEachMessageIsAStreamOfItsOwn() throws Exception {
        MessageDeflater deflater = new MessageDeflater(new DeflateParameters(true, false, 15, 15, false, false), 6);
        byte[] message = "Each time the same, each time by itself.".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            Inflater inflater = new Inflater(true);
            assertThat(inflate(inflater, deflate(deflater, message), message.length))
                    .isEqualTo(message);
            inflater.end();
        }
    }

    @Test
    void anEmptyMessageIsOneEmptyBlock() {
        MessageDeflater deflater = new MessageDeflater(new DeflateParameters(false, false, 15, 15, false, false), 6);

        // RFC 7692 7.2.3.6; the second time zlib has nothing to flush
        assertThat(deflate(deflater, new byte[0])).containsExactly(0);
        assertThat(deflate(deflater, new byte[0])).containsExactly(0);
        deflater.close();
    }

    private static byte[] words(Random random, int size) {
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append("word").append(random.nextInt(50)).append(' ');
        }
        return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] deflate(MessageDeflater deflater, byte[] message) {
        ByteBuf out = Unpooled.directBuffer(4);
        try {
            deflater.deflate(message, out);
            byte[] compressed = new byte[out.readableBytes()];
            out.readBytes(compressed);
            return compressed;
        } finally {
            out.release();
        }
    }

    private static byte[] inflate(Inflater inflater, byte[] compressed, int size) throws Exception {
        inflater.setInput(Frames.join(compressed, Frames.hex("0000ffff")));
        byte[] message = new byte[size + 10];
        int length = 0;
        for (int count = -1; count != 0; length += count) {
            count = inflater.inflate(message, length, message.length - length);
        }
        return java.util.Arrays.copyOf(message, length);
    }
}
