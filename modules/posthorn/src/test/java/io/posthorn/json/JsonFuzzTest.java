package io.posthorn.json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Damages JSON at random, and makes up strings of any characters. */
class JsonFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final long SEED = 20261122;
    private static final List<String> SAMPLES = List.of(
            "{\"number\":1,\"text\":\"a\\u20ac\\n\u20ac\",\"at\":\"2026-11-22T10:15:30Z\",\"more\":[{\"number\":2}]}",
            "[null,true,false,-0.5e+3,1e400,\"\\ud83d\\ude00\ud83d\ude00\",{},[]]",
            "\"text\"",
            "-12345678901234567890.5");
    private static final String SPICE = "{}[],:\"\\ue09-+.\n\t\0\u0080\u00ff";

    @Test
    void damagedJsonIsOneValueOrIsRefused() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = SAMPLES.get(random.nextInt(SAMPLES.size())).getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
            }
            JsonProperties.hold(bytes);
            JsonElementsProperties.hold(bytes);
        }
    }

    @Test
    void stringsOfAnyCharactersComeBack() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            char[] text = new char[random.nextInt(40)];
            for (int i = 0; i < text.length; i++) {
                // A third each: ASCII, surrogates, anything.
                text[i] = (char)
                        switch (random.nextInt(3)) {
                            case 0 -> random.nextInt(0x80);
                            case 1 -> 0xD800 + random.nextInt(0x800);
                            default -> random.nextInt(0x10000);
                        };
            }
            JsonProperties.holdForText(new String(text));
        }
    }
}
