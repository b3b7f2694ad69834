package io.posthorn.websocket;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTest {
    @Test
    void everyLengthAndOffsetGivesWhatTheLoopOfTheStandardGives() {
        Random random = new Random(5);
        for (int length = 0; length < 70; length++) {
            for (int offset = 0; offset < 9; offset++) {
                int key = random.nextInt();
                byte[] source = new byte[offset + length];
                random.nextBytes(source);
                byte[] target = new byte[offset + length];

                Masking.unmask(ByteBuffer.wrap(source), offset, target, offset, length, key);

                for (int i = 0; i < length; i++) {
                    // RFC 6455 5.3: j = i mod 4, transformed-octet-i = original-octet-i XOR masking-key-octet-j
                    assertThat(target[offset + i])
                            .isEqualTo((byte) (source[offset + i] ^ (key >>> (24 - 8 * (i % 4)))));
                }
            }
        }
    }

    @Test
    void aByteAbove127AnywhereIsNotAscii() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] plain = new byte[length];
                assertThat(Masking.unmask(ByteBuffer.wrap(plain), 0, new byte[length], 0, length, 0))
                        .isTrue();
                plain[at] = (byte) 0x80;
                assertThat(Masking.unmask(ByteBuffer.wrap(plain), 0, new byte[length], 0, length, 0))
                        .isFalse();
            }
        }
    }

    @Test
    void aPayloadInPiecesIsUnmaskedWithTheKeyRotated() {
        byte[] masked = new byte[23];
        new Random(1).nextBytes(masked);
        byte[] whole = new byte[23];
        Masking.unmask(ByteBuffer.wrap(masked), 0, whole, 0, 23, Frames.KEY);

        for (int cut = 0; cut <= 23; cut++) {
            byte[] pieces = new byte[23];
            Masking.unmask(ByteBuffer.wrap(masked), 0, pieces, 0, cut, Frames.KEY);
            Masking.unmask(ByteBuffer.wrap(masked), cut, pieces, cut, 23 - cut, Masking.rotate(Frames.KEY, cut));
            assertThat(pieces).isEqualTo(whole);
        }
    }
}
