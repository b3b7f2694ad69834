package io.posthorn.socketio.protocol;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.posthorn.socketio.protocol.Wire.bytes;
import static io.posthorn.socketio.protocol.Wire.utf8;
import static org.assertj.core.api.Assertions.assertThat;

/** Damages and cuts packets, and sends any values there and back. */
class PacketFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final long SEED = 20261122;
    private static final List<String> SAMPLES = List.of(
            "0{\"token\":\"a\"}",
            "0/custom,",
            "1/custom,",
            "2/custom,12[\"e\",{\"a\":[1,2.5e3,null,true]},\"\u20ac\\n\\u20ac\ud83d\ude00\"]",
            "31[\"x\"]",
            "4{\"message\":\"no\"}",
            "52-[\"e\",{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]",
            "61-7[{\"_placeholder\":true,\"num\":0}]");
    private static final String SPICE = "{}[],:\"\\ue0123456789-+.\n\t /\0\u0080\u00ff";

    @Test
    void samplesAreUsableWhereverTheyAreCut() {
        for (String sample : SAMPLES) {
            byte[] whole = utf8(sample);
            for (int length = 0; length <= whole.length; length++) {
                PacketProperties.hold(List.of(Arrays.copyOf(whole, length)), bytes(1, 2));
            }
        }
    }

    @Test
    void damagedPacketsAreUsableOrRefused() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> texts = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                texts.add(damaged(utf8(SAMPLES.get(random.nextInt(SAMPLES.size()))), random));
            }
            PacketProperties.hold(texts, bytes(1, 2));
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
        }
        return bytes;
    }

    @Test
    void whatIsSentComesBack() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Values values = new Values(random);
            String name = values.text();
            String namespace = random.nextBoolean() ? "/" : "/" + Integer.toHexString(random.nextInt());
            long id = random.nextBoolean() ? Packet.NO_ID : random.nextLong() >>> 1;
            @Nullable Object[] args = new Object[random.nextInt(4)];
            Arrays.setAll(args, i -> values.value(3));

            Packet packet = Wire.decode(PacketEncoder.event(namespace, id, name, args));

            assertThat(packet.namespace()).isEqualTo(namespace);
            assertThat(packet.id()).isEqualTo(id);
            assertThat(packet.data().eventName()).isEqualTo(name);
            @Nullable Object[] back = new Object[packet.data().size()];
            Arrays.setAll(back, i -> packet.data().read(i, Object.class));
            assertThat(back).usingRecursiveComparison().isEqualTo(args);
        }
    }

    /** Makes values up. */
    private static final class Values {
        private final Random random;
        private int attachments;

        Values(Random random) {
            this.random = random;
        }

        @Nullable
        Object value(int depth) {
            return switch (random.nextInt(depth > 0 ? 8 : 6)) {
                case 0 -> null;
                case 1 -> random.nextBoolean();
                case 2 -> random.nextInt();
                case 3 -> random.nextInt() + 0.5;
                case 4 -> text();
                case 5 -> binary();
                case 6 -> map(depth - 1);
                default -> list(depth - 1);
            };
        }

        String text() {
            char[] text = new char[random.nextInt(12)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000));
            }
            return new String(text);
        }

        private Object binary() {
            if (attachments == PacketDecoder.MAX_ATTACHMENTS) {
                return "enough";
            }
            attachments++;
            byte[] bytes = new byte[random.nextInt(4)];
            random.nextBytes(bytes);
            return bytes;
        }

        private List<@Nullable Object> list(int depth) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(value(depth));
            }
            return list;
        }

        private Map<String, @Nullable Object> map(int depth) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                // A name may not have half a surrogate.
                map.put(Integer.toString(random.nextInt(), 36), value(depth));
            }
            return map;
        }
    }
}
