package io.posthorn.socketio.protocol;

import io.posthorn.json.JsonText;
import io.posthorn.transport.Message;
import io.posthorn.transport.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.posthorn.socketio.protocol.Packet.NO_ID;
import static io.posthorn.socketio.protocol.Wire.bytes;
import static io.posthorn.socketio.protocol.Wire.text;
import static io.posthorn.socketio.protocol.Wire.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PacketEncoderTest {
    @SuppressWarnings("ArrayRecordComponent") // As an application may have it.
    record Picture(String name, byte[] pixels) {}

    enum Reason implements JsonText {
        GONE;

        @Override
        public String jsonText() {
            return "is gone";
        }
    }

    @Test
    void aConnectTellsWhatItIsGiven() {
        assertThat(text(PacketEncoder.connect("/", utf8("{\"sid\":\"a\"}")))).isEqualTo("40{\"sid\":\"a\"}");
        assertThat(text(PacketEncoder.connect("/a", utf8("{\"sid\":\"a\"}")))).isEqualTo("40/a,{\"sid\":\"a\"}");
        assertThat(text(PacketEncoder.connect("/", null))).isEqualTo("40");
        assertThat(text(PacketEncoder.connect("/a", null))).isEqualTo("40/a,");
    }

    @Test
    void aDisconnectNamesItsNamespace() {
        assertThat(text(PacketEncoder.disconnect("/"))).isEqualTo("41");
        assertThat(text(PacketEncoder.disconnect("/a"))).isEqualTo("41/a,");
    }

    @Test
    void aConnectErrorIsAnObjectWithDataWhereThereIsSome() {
        assertThat(text(PacketEncoder.connectError("/unknown", "Invalid namespace", null)))
                .isEqualTo("44/unknown,{\"message\":\"Invalid namespace\"}");
        assertThat(text(PacketEncoder.connectError("/", "a\"b", Map.of("code", 42))))
                .isEqualTo("44{\"message\":\"a\\\"b\",\"data\":{\"code\":42}}");
    }

    @Test
    void anEventIsAnArrayThatBeginsWithItsName() {
        assertThat(text(PacketEncoder.event("/", NO_ID, "message", "hello"))).isEqualTo("42[\"message\",\"hello\"]");
        assertThat(text(PacketEncoder.event("/", 0, "e"))).isEqualTo("420[\"e\"]");
        assertThat(text(PacketEncoder.event("/a", NO_ID, "e"))).isEqualTo("42/a,[\"e\"]");
        assertThat(text(PacketEncoder.event("/\u804a", 12, "\u804a"))).isEqualTo("42/\u804a,12[\"\u804a\"]");
    }

    @Test
    void anAckIsAnArray() {
        assertThat(text(PacketEncoder.ack("/", 3))).isEqualTo("433[]");
        assertThat(text(PacketEncoder.ack("/a", 0, "x", 1))).isEqualTo("43/a,0[\"x\",1]");
    }

    @Test
    void valuesAreWrittenAsJson() {
        @Nullable
        Object[] values = {
            null,
            true,
            false,
            -1,
            Long.MIN_VALUE,
            (short) 2,
            (byte) 3,
            1.5,
            -2.5f,
            Double.NaN,
            Float.NEGATIVE_INFINITY,
            "\"\\\n\u0001\u20ac\ud83d\ude00\ud800</script>",
            Reason.GONE,
            List.of(Reason.GONE),
            Optional.of("x"),
            'c',
            new int[] {1, 2},
            Collections.singletonMap("__proto__", null)
        };

        assertThat(text(PacketEncoder.event("/", NO_ID, "e", values)))
                .isEqualTo("42[\"e\",null,true,false,-1,-9223372036854775808,2,3,1.5,-2.5,null,null,"
                        + "\"\\\"\\\\\\n\\u0001\u20ac\ud83d\ude00\\ud800</script>\",\"is gone\",[\"is gone\"],\"x\",\"c\","
                        + "[1,2],{\"__proto__\":null}]");
    }

    @Test
    void whatIsBinaryFollowsInTheOrderOfItsPlaceholders() {
        Message message = PacketEncoder.event(
                "/a", 7, "e", bytes(1), new Picture("n", bytes(0, 2)), List.of(ByteBuffer.wrap(bytes(9, 3, 9), 1, 1)));

        assertThat(text(message))
                .isEqualTo(
                        "453-/a,7[\"e\",{\"_placeholder\":true,\"num\":0},"
                                + "{\"name\":\"n\",\"pixels\":{\"_placeholder\":true,\"num\":1}},[{\"_placeholder\":true,\"num\":2}]]");
        assertThat(message.attachments()).extracting(Payload::bytes).containsExactly(bytes(1), bytes(0, 2), bytes(3));
        assertThat(message.attachments()).extracting(Payload::kind).containsOnly(Payload.Kind.BINARY);
    }

    @Test
    void anAckMayBeBinary() {
        assertThat(text(PacketEncoder.ack("/", 1, (Object) bytes(1))))
                .isEqualTo("461-1[{\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void everyKindOfBufferIsWritten() {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(4).put(bytes(1, 2, 3)).flip().position(1);
        ByteBuffer sliced = ByteBuffer.wrap(bytes(1, 2, 3)).position(1).slice();
        ByteBuffer readOnly = ByteBuffer.wrap(bytes(1, 2, 3)).position(1).asReadOnlyBuffer();

        Message message = PacketEncoder.event("/", NO_ID, "e", direct, sliced, readOnly, Map.of("a", direct));

        assertThat(message.attachments()).extracting(Payload::bytes).hasSize(4).containsOnly(bytes(2, 3));
        assertThat(direct.remaining()).isEqualTo(2);
    }

    @Test
    void whatHappensToBytesAfterwardsIsNotSeen() {
        byte[] mine = bytes(1);
        Message message = PacketEncoder.event("/", NO_ID, "e", mine, ByteBuffer.wrap(mine));
        mine[0] = 9;

        assertThat(message.attachments()).extracting(Payload::bytes).containsOnly(bytes(1));
    }

    @Test
    void reservedNamesAreTheCallersFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketEncoder.event("/", NO_ID, "disconnecting"))
                .withMessage("\"disconnecting\" is a reserved name of an event");
    }

    @Test
    void moreAttachmentsThanClientsTakeAreTheCallersFault() {
        Object[] ten = new Object[10];
        Arrays.fill(ten, bytes(1));

        assertThat(text(PacketEncoder.event("/", NO_ID, "e", ten))).startsWith("4510-[");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PacketEncoder.event("/", NO_ID, "e", ten, bytes(1)))
                .withMessage("11 attachments, and clients take at most 10 in a packet");
    }

    @Test
    void whatCannotBeWrittenIsTheCallersFault() {
        assertThatIllegalArgumentException().isThrownBy(() -> PacketEncoder.event("/", NO_ID, "e", new Object()));
    }
}
