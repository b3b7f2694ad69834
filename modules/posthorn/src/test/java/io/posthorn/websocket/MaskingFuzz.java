package io.posthorn.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.nio.ByteBuffer;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingFuzz {
    @FuzzTest
    void theBytesAreThoseThatTheLoopOfTheStandardGives(FuzzedDataProvider data) {
        int key = data.consumeInt();
        int from = data.consumeInt(0, 16);
        int to = data.consumeInt(0, 16);
        boolean direct = data.consumeBoolean();
        byte[] masked = data.consumeRemainingAsBytes();
        byte[] expected = new byte[to + masked.length + 1];
        boolean ascii = true;
        for (int i = 0; i < masked.length; i++) {
            // RFC 6455 5.3: transformed-octet-i = original-octet-i XOR masking-key-octet-(i mod 4)
            expected[to + i] = (byte) (masked[i] ^ (key >>> (24 - 8 * (i % 4))));
            ascii &= expected[to + i] >= 0;
        }

        int capacity = from + masked.length;
        ByteBuffer source = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        source.put(from, masked);
        byte[] target = new byte[to + masked.length + 1];

        assertThat(Masking.unmask(source, from, target, to, masked.length, key)).isEqualTo(ascii);
        assertThat(target).isEqualTo(expected);
    }
}
