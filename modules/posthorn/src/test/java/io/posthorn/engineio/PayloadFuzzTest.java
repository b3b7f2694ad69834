package io.posthorn.engineio;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Damages payloads at random, and cuts them at every byte. */
class PayloadFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final long SEED = 20261122;
    private static final byte[] SAMPLE =
            "4hello\u001ebAQIDBA==\u001e3\u001e4grün €\u001eb\u001e6".getBytes(StandardCharsets.UTF_8);
    private static final String SPICE = "0123456b=\u001eAQ/+!\0\u0080\u00ff";

    @Test
    void damagedPayloadsArePacketsOrAreRefused() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = SAMPLE.clone();
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
            }
            PayloadProperties.hold(bytes);
        }
    }

    @Test
    void payloadsThatAreCutArePacketsOrAreRefused() {
        for (int length = 0; length <= SAMPLE.length; length++) {
            byte[] cut = new byte[length];
            System.arraycopy(SAMPLE, 0, cut, 0, length);
            PayloadProperties.hold(cut);
        }
    }
}
