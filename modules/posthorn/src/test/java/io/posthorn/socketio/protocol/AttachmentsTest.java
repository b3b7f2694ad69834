package io.posthorn.socketio.protocol;

import io.posthorn.json.JsonException;
import io.posthorn.json.TypeRef;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static io.posthorn.socketio.protocol.Wire.bytes;
import static io.posthorn.socketio.protocol.Wire.decode;
import static io.posthorn.socketio.protocol.Wire.decoder;
import static io.posthorn.socketio.protocol.Wire.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

class AttachmentsTest {
    private static final byte[] ONE = bytes(1);
    private static final byte[] TWO = bytes(0, 2);

    @SuppressWarnings("ArrayRecordComponent") // As an application may have it.
    record Picture(String name, byte[] pixels, List<ByteBuffer> more) {}

    @Test
    void aBinaryEventIsAnEventWithItsAttachments() {
        Packet packet = decode(
                "52-/a,7[\"e\",{\"_placeholder\":true,\"num\":1},\"x\",{\"_placeholder\":true,\"num\":0}]", ONE, TWO);

        assertThat(packet.type()).isEqualTo(PacketType.EVENT);
        assertThat(packet.namespace()).isEqualTo("/a");
        assertThat(packet.id()).isEqualTo(7);
        assertThat(packet.attachments()).containsExactly(ONE, TWO);
        PacketData data = packet.data();
        assertThat(data.binary(0)).isEqualTo(TWO);
        assertThat(data.text(1)).isEqualTo("x");
        assertThat(data.binary(2)).isEqualTo(ONE);
        assertThat(data.json(2)).isEqualTo("{\"_placeholder\":true,\"num\":0}");
        assertThat(data.wireSize()).isEqualTo(76 + 3);
    }

    @Test
    void aBinaryAckIsAnAck() {
        Packet packet = decode("61-3[{\"_placeholder\":true,\"num\":0}]", ONE);

        assertThat(packet.type()).isEqualTo(PacketType.ACK);
        assertThat(packet.id()).isEqualTo(3);
        assertThat(packet.data().binary(0)).isEqualTo(ONE);
    }

    @Test
    void anAttachmentIsBoundAtAnyDepth() {
        PacketData data = decode(
                        "52-[\"e\",{\"name\":\"n\",\"pixels\":{\"_placeholder\":true,\"num\":0},"
                                + "\"more\":[{\"_placeholder\":true,\"num\":1}]},[[{\"num\":0,\"_placeholder\":true}]]]",
                        ONE,
                        TWO)
                .data();

        Picture picture = Objects.requireNonNull(data.read(0, Picture.class));
        assertThat(picture.name()).isEqualTo("n");
        assertThat(picture.pixels()).isEqualTo(ONE);
        assertThat(picture.more()).containsExactly(ByteBuffer.wrap(TWO));
        assertThat(data.read(0, new TypeRef<Map<String, Object>>() {})).containsEntry("pixels", ONE);
        assertThat(data.read(1, new TypeRef<List<List<byte[]>>>() {}))
                .first(LIST)
                .containsExactly(ONE);
        assertThat(data.read(1, Object.class)).asInstanceOf(LIST).first(LIST).containsExactly(ONE);
        assertThat(data.read(1, byte[][][].class)).isEqualTo(new byte[][][] {{ONE}});
    }

    @Test
    void anAttachmentIsBytesBufferOrAnything() {
        PacketData data =
                decode("51-[\"e\",{\"_placeholder\":true,\"num\":0}]", TWO).data();

        assertThat(data.read(0, byte[].class)).isEqualTo(TWO);
        assertThat(data.read(0, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(TWO));
        assertThat(data.read(0, Object.class)).isEqualTo(TWO);
        for (Class<?> type : List.of(String.class, int.class, Map.class, Picture.class, List.class)) {
            assertThatExceptionOfType(JsonException.class).isThrownBy(() -> data.read(0, type));
        }
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> data.text(0));
    }

    @Test
    void whatIsBinaryIsNoTextAtAnyDepth() {
        PacketData data = decode(
                        "51-[\"e\",[{\"_placeholder\":true,\"num\":0}],{\"a\":{\"_placeholder\":true,\"num\":0}}]", ONE)
                .data();

        refused(() -> data.read(0, String[].class));
        refused(() -> data.read(0, new TypeRef<List<String>>() {}));
        refused(() -> data.read(1, new TypeRef<Map<String, String>>() {}));
    }

    private static void refused(ThrowingCallable reading) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(reading);
    }

    @Test
    void whatIsReadIsACopy() {
        byte[] sent = TWO.clone();
        PacketData data =
                decode("51-[\"e\",{\"_placeholder\":true,\"num\":0}]", sent).data();

        data.binary(0)[0] = 9;
        Objects.requireNonNull(data.read(0, byte[].class))[0] = 9;
        Objects.requireNonNull(data.read(0, ByteBuffer.class)).put(0, (byte) 9);

        assertThat(sent).isEqualTo(TWO);
    }

    @Test
    void withoutAttachmentsAPlaceholderIsAnObject() {
        PacketData data = decode("2[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":\"x\"}]")
                .data();

        assertThat(data.read(0, Object.class)).isEqualTo(Map.of("_placeholder", true, "num", 0));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> data.binary(0));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> data.read(0, byte[].class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_placeholder\":1,\"num\":0}",
                "{\"_placeholder\":\"true\",\"num\":0}",
                "{\"_placeholder\":false,\"num\":7}",
                "{\"_placeholder\":null}",
                "{\"_placeholder\":[true],\"num\":0}",
                "{\"_placeholder\":true,\"num\":0,\"_placeholder\":false}",
                "{\"_Placeholder\":true,\"num\":0}",
                "{\"num\":0}"
            })
    void onlyWhatIsExactlyTrueMakesAPlaceholder(String json) {
        PacketData data = decode("51-[\"e\"," + json + "]", ONE).data();

        assertThat(data.read(0, Object.class)).isInstanceOf(Map.class);
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> data.binary(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_placeholder\":true,\"num\":0}",
                "{\"num\":0,\"_placeholder\":true}",
                " { \"_placeholder\" : true ,\n\t\"num\" : 0 } ",
                "{\"_placeholder\":true,\"num\":0.0}",
                "{\"_placeholder\":true,\"num\":0e5}",
                "{\"_placeholder\":true,\"num\":-0}",
                "{\"_placeholder\":true,\"num\":1e-400}",
                "{\"_placeholder\":true,\"num\":9,\"num\":0}",
                "{\"_placeholder\":false,\"num\":0,\"_placeholder\":true}",
                "{\"\\u005fplaceholder\":true,\"n\\u0075m\":0}",
                "{\"_placeholder\":true,\"num\":0,\"other\":[{\"_placeholder\":true,\"num\":99}]}",
                "{\"__proto__\":{},\"_placeholder\":true,\"num\":0}"
            })
    void aPlaceholderIsReadAsJson(String json) {
        PacketData data = decode("51-[\"e\"," + json + ",[" + json + "]]", ONE).data();

        assertThat(data.binary(0)).isEqualTo(ONE);
        assertThat(data.read(1, new TypeRef<List<byte[]>>() {})).containsExactly(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1",
                "2",
                "0.5",
                "\"0\"",
                "null",
                "true",
                "[0]",
                "{}",
                "1e999",
                "-1e999",
                "99999999999999999999",
                "4294967296",
                "0,\"num\":\"0\"",
                "0,\"num\":1"
            })
    void aPlaceholderThatNamesNoAttachmentIsRefused(String number) {
        String why = "data: a placeholder names none of 1 attachments";
        refused("51-[\"e\",{\"_placeholder\":true,\"num\":" + number + "}]", why);
        refused("51-[\"e\",[[{\"a\":{\"_placeholder\":true,\"num\":" + number + "}}]]]", why);
    }

    @Test
    void aPlaceholderWithoutANumberIsRefused() {
        refused("51-[\"e\",{\"_placeholder\":true}]", "data: a placeholder names none of 1 attachments");
    }

    @Test
    void twoPlaceholdersMayNameTheSameAttachmentAndNoneAnother() {
        PacketData data = decode(
                        "52-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]", ONE, TWO)
                .data();

        assertThat(data.binary(0)).isEqualTo(ONE);
        assertThat(data.binary(1)).isEqualTo(ONE);
    }

    @Test
    void aPlaceholderIsNoName() {
        refused("51-[{\"_placeholder\":true,\"num\":0}]", "an EVENT whose name is neither a string nor a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"50-[\"e\"]", "511-[\"e\"]", "51000-[\"e\"]", "60-[]"})
    void attachmentsAreOneToTen(String text) {
        refused(text, "not 1 to 10 attachments");
        assertThat(decoder().text(utf8("510-[\"e\"]"), 0)).isNull();
        assertThat(decoder().text(utf8("502-[\"e\"]"), 0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "6",
                "51",
                "5-[\"e\"]",
                "5[\"e\"]",
                "51[\"e\"]",
                "5a-[\"e\"]",
                "51.0-[\"e\"]",
                "51e0-[\"e\"]",
                "5 1-[\"e\"]",
                "5+1-[\"e\"]",
                "5-1-[\"e\"]",
                "50x1-[\"e\"]",
                "5/a,1-[\"e\"]"
            })
    void aNumberOfAttachmentsIsDigitsAndADash(String text) {
        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> decoder().text(utf8(text), 0))
                .withMessage("no number of attachments");
    }

    @Test
    void textBetweenAttachmentsIsRefused() {
        PacketDecoder decoder = decoder();
        assertThat(decoder.text(utf8("52-[\"e\"]"), 0)).isNull();
        assertThat(decoder.isWaiting()).isTrue();
        assertThat(decoder.binary(ONE)).isNull();

        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> decoder.text(utf8("2[\"e\"]"), 0))
                .withMessage("text where an attachment was to follow");
    }

    @Test
    void anAttachmentWithoutAPacketIsRefused() {
        PacketDecoder decoder = decoder();
        assertThat(decoder.text(utf8("51-[\"e\"]"), 0)).isNull();
        assertThat(decoder.binary(ONE)).isNotNull();
        assertThat(decoder.isWaiting()).isFalse();

        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> decoder.binary(ONE))
                .withMessage("an attachment without a packet");
    }

    @Test
    void attachmentsOfAPacketHaveALimitTogether() {
        PacketDecoder decoder = decoder();
        assertThat(decoder.text(utf8("52-[\"e\"]"), 0)).isNull();
        assertThat(decoder.binary(new byte[600])).isNull();
        assertThat(decoder.binary(new byte[400])).isNotNull();

        assertThat(decoder.text(utf8("53-[\"e\"]"), 0)).isNull();
        assertThat(decoder.binary(new byte[600])).isNull();
        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> decoder.binary(new byte[401]))
                .withMessage("attachments of more than 1000 bytes");
    }

    @Test
    void anAttachmentMayBeEmptyOrLookLikeText() {
        Packet packet = decode(
                "52-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                bytes(),
                utf8("3:abc"));

        assertThat(packet.data().binary(0)).isEmpty();
        assertThat(packet.data().binary(1)).isEqualTo(utf8("3:abc"));
    }

    private static void refused(String text, String why) {
        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> decoder().text(utf8(text), 0))
                .withMessage(why);
    }
}
