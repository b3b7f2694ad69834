package io.posthorn.socketio.protocol;

import io.posthorn.json.TypeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import static io.posthorn.socketio.protocol.Wire.decode;
import static io.posthorn.socketio.protocol.Wire.decoder;
import static io.posthorn.socketio.protocol.Wire.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PacketDecoderTest {
    record Order(String item, int count) {}

    @Test
    void anEventHasANameAndArguments() {
        Packet packet = decode("2[\"order\",{\"item\":\"tea\",\"count\":2},[\"a\",\"b\"],\"\\u20ac\",7,null,true]");

        assertThat(packet.type()).isEqualTo(PacketType.EVENT);
        assertThat(packet.namespace()).isEqualTo("/");
        assertThat(packet.hasId()).isFalse();
        PacketData data = packet.data();
        assertThat(data.eventName()).isEqualTo("order");
        assertThat(data.size()).isEqualTo(6);
        assertThat(data.read(0, Order.class)).isEqualTo(new Order("tea", 2));
        assertThat(data.json(0)).isEqualTo("{\"item\":\"tea\",\"count\":2}");
        assertThat(data.read(1, new TypeRef<List<String>>() {})).containsExactly("a", "b");
        assertThat(data.text(2)).isEqualTo("\u20ac");
        assertThat(data.read(3, int.class)).isEqualTo(7);
        assertThat(data.isNull(4)).isTrue();
        assertThat(data.read(5, Object.class)).isEqualTo(true);
        assertThat(data.isNull(6)).isTrue();
    }

    @Test
    void aPacketMayBeginBehindTheDigitOfEngineIo() {
        Packet packet = Objects.requireNonNull(decoder().text(utf8("42/news,3[\"e\"]"), 1));

        assertThat(packet.namespace()).isEqualTo("/news");
        assertThat(packet.id()).isEqualTo(3);
        assertThat(packet.data().wireSize()).isEqualTo(13);
    }

    @Test
    void namespaceAndIdStandBeforeTheData() {
        Packet packet = decode("2/custom,12[\"e\",\"/x,1\"]");

        assertThat(packet.namespace()).isEqualTo("/custom");
        assertThat(packet.id()).isEqualTo(12);
        assertThat(packet.data().text(0)).isEqualTo("/x,1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0/", "0/,"})
    void nothingAtAllIsAConnectToTheMainNamespace(String text) {
        Packet packet = decode(text);

        assertThat(packet.type()).isEqualTo(PacketType.CONNECT);
        assertThat(packet.namespace()).isEqualTo("/");
        assertThat(packet.data().size()).isZero();
    }

    @Test
    void aBareMessageOfEngineIoIsAConnect() {
        assertThat(Objects.requireNonNull(decoder().text(utf8("4"), 1)).type()).isEqualTo(PacketType.CONNECT);
    }

    @Test
    void aConnectCarriesAnObject() {
        Packet packet = decode("0/custom,{\"token\":\"a,b?c=/d\"}");

        assertThat(packet.namespace()).isEqualTo("/custom");
        assertThat(packet.data().read(0, Object.class)).isEqualTo(Map.of("token", "a,b?c=/d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/custom", "0/custom,", "0/custom,5", "0/custom,5{}"})
    void aNamespaceEndsAtACommaOrTheEnd(String text) {
        assertThat(decode(text).namespace()).isEqualTo("/custom");
    }

    @Test
    void theQueryOfANamespaceIsPartOfItsName() {
        assertThat(decode("0/custom?a=b,{}").namespace()).isEqualTo("/custom?a=b");
    }

    @Test
    void aNamespaceIsAnyUtf8() {
        PacketDecoder decoder = decoder();
        for (String name : List.of("/\u804a\u5929", "/\ud83d\ude00", "/\u00e9", "/e", "/")) {
            Packet packet = Objects.requireNonNull(decoder.text(utf8("2" + name + ",[\"e\"]"), 0));
            assertThat(packet.namespace()).isEqualTo(name);
        }
    }

    @Test
    void aConnectMayHaveAnId() {
        assertThat(decode("07{}").id()).isEqualTo(7);
    }

    @Test
    void leadingZerosOfAnIdAreNothing() {
        assertThat(decode("20012[\"e\"]").id()).isEqualTo(12);
        assertThat(decode("2" + "0".repeat(50) + "7[\"e\"]").id()).isEqualTo(7);
        assertThat(decode("30[]").id()).isZero();
    }

    @Test
    void anIdMayBeAsLargeAsALong() {
        assertThat(decode("39223372036854775807[]").id()).isEqualTo(Long.MAX_VALUE);
        refused("39223372036854775808[]", "a number of too many digits");
        refused("3" + "9".repeat(400) + "[]", "a number of too many digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1/custom", "1/custom,", "14"})
    void aDisconnectHasNoData(String text) {
        assertThat(decode(text).type()).isEqualTo(PacketType.DISCONNECT);
        refused(text.contains("/") ? "1/custom,{}" : text + "{}", "a DISCONNECT with data");
    }

    @Test
    void aConnectErrorCarriesAStringOrAnObject() {
        assertThat(decode("4\"no\"").data().text(0)).isEqualTo("no");
        assertThat(decode("4{\"message\":\"no\"}").data().size()).isOne();
        assertThat(decode("4").data().size()).isZero();
        refused("4[]", "data of a kind that a CONNECT_ERROR cannot have");
        refused("4null", "data of a kind that a CONNECT_ERROR cannot have");
    }

    @Test
    void anAckCarriesAnArray() {
        Packet packet = decode("3/a,12[\"x\",1]");

        assertThat(packet.type()).isEqualTo(PacketType.ACK);
        assertThat(packet.id()).isEqualTo(12);
        assertThat(packet.data().size()).isEqualTo(2);
        assertThat(packet.data().text(0)).isEqualTo("x");
        assertThat(decode("31[]").data().size()).isZero();
        assertThatIllegalStateException().isThrownBy(packet.data()::eventName);
    }

    @Test
    void aNumberMayNameAnEvent() {
        assertThat(decode("2[1,\"x\"]").data().eventName()).isEqualTo("1");
        assertThat(decode("2[-1.5]").data().eventName()).isEqualTo("-1.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void aReservedNameIsRefused(String name) {
        refused("2[\"" + name + "\"]", "an EVENT with a reserved name");
        refused("2/custom,1[\"" + name + "\",1]", "an EVENT with a reserved name");
        refused("51-[\"" + name + "\",{\"_placeholder\":true,\"num\":0}]", "an EVENT with a reserved name");
        refused(
                "2[\"\\u00" + Integer.toHexString(name.charAt(0)) + name.substring(1) + "\"]",
                "an EVENT with a reserved name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connect", "connection", "error", "", "__proto__", "constructor", "a\\b", "message"})
    void anyOtherNameIsAnEvents(String name) {
        String json = "2[\"" + name.replace("\\", "\\\\") + "\"]";
        PacketDecoder decoder = decoder();

        assertThat(Objects.requireNonNull(decoder.text(utf8(json), 0)).data().eventName())
                .isEqualTo(name);
        assertThat(Objects.requireNonNull(decoder.text(utf8(json), 0)).data().eventName())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2/a", "2/a,", "21", "3", "31", "3/a,1", "51-", "61-", "51-/a,", "51-7"})
    void anEventOrAckWithoutDataIsRefused(String text) {
        refused(text, "data: not an array in JSON, or beyond a limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0null", "0[]", "0\"a\"", "01.5", "0true"})
    void whatAConnectCarriesIsNothingElse(String text) {
        assertThatExceptionOfType(PacketException.class).isThrownBy(() -> decode(text));
    }

    @Test
    void anEventWithoutANameIsRefused() {
        refused("2[]", "an EVENT without a name");
        for (String name : List.of("null", "true", "{}", "[]", "{\"toString\":1}")) {
            refused("2[" + name + "]", "an EVENT whose name is neither a string nor a number");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2{}",
                "2\"a\"",
                "2null",
                "2abc[\"m\",1]",
                "2[\"e\"",
                "2[\"e\",]",
                "2[,\"e\"]",
                "2[\"e\"]]",
                "2[\"e\"]x",
                "2[\"e\" 1]",
                "2['e']",
                "2[e]",
                "2[\"e\",01]",
                "2[\"e\",NaN]",
                "2[\"e\",.5]",
                "2[\"e\",+1]",
                "2[\"e\",1.]",
                "2[\"e\",\"\t\"]",
                "2[\"e\",\"\\x\"]",
                "2[\"e\",{a:1}]",
                "2[\"e\",{\"a\"}]",
                "2[\"e\",tru]",
                "2-1[\"e\"]",
                "2[\"e\",/**/1]",
                "2custom,[\"e\"]",
                "\ufeff2[\"e\"]",
                "2\ufeff[\"e\"]",
                "2[\"e\"]\0",
                "2[\"e\"]2[\"e\"]"
            })
    void whatIsNoPacketIsRefused(String text) {
        assertThatExceptionOfType(PacketException.class).isThrownBy(() -> decode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "9[]", "8[\"e\"]", "a", "4e", " ", "-1", "abc", "\u0660[]", "{}", "[\"e\"]"})
    void anUnknownTypeIsRefused(String text) {
        assertThatExceptionOfType(PacketException.class).isThrownBy(() -> decode(text));
    }

    @Test
    void whitespaceAroundValuesIsNothing() {
        PacketData data = decode("2 [ \"e\" ,\t1\n,\r{ \"a\" : [ ] } ] ").data();

        assertThat(data.eventName()).isEqualTo("e");
        assertThat(data.json(1)).isEqualTo("{ \"a\" : [ ] }");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        for (byte wrong : new byte[] {(byte) 0xC0, (byte) 0xFF, (byte) 0x80, (byte) 0xED}) {
            byte[] name = utf8("2/?,[\"e\",\"?\"]");
            name[2] = wrong;
            byte[] text = utf8("2/?,[\"e\",\"?\"]");
            text[10] = wrong;
            assertThatExceptionOfType(PacketException.class)
                    .isThrownBy(() -> decoder().text(name, 0));
            assertThatExceptionOfType(PacketException.class)
                    .isThrownBy(() -> decoder().text(text, 0));
        }
    }

    @Test
    void namesThatMeanSomethingInJavaScriptPassUnchanged() {
        PacketData data = decode(
                        "2[\"e\",{\"__proto__\":{\"a\":1},\"constructor\":null,\"@class\":\"java.lang.Runtime\"}]")
                .data();

        assertThat(data.json(0)).contains("\"__proto__\":{\"a\":1}");
        assertThat(data.read(0, new TypeRef<Map<String, Object>>() {}))
                .containsOnlyKeys("__proto__", "constructor", "@class");
    }

    @Test
    void nestingAndNumbersHaveLimits() {
        assertThat(decode("2[\"e\"," + "[".repeat(99) + "]".repeat(99) + "]")
                        .data()
                        .size())
                .isOne();
        assertThat(decode("2[\"e\"," + "7".repeat(1_000) + "]").data().size()).isOne();
        for (String json : List.of("[".repeat(100) + "]".repeat(100), "[".repeat(500_000), "7".repeat(1_001))) {
            assertThatExceptionOfType(PacketException.class).isThrownBy(() -> decode("2[\"e\"," + json + "]"));
            assertThatExceptionOfType(PacketException.class).isThrownBy(() -> decode("0{\"e\":" + json + "}"));
        }
    }

    @Test
    void aNamespaceHasALimit() {
        assertThat(decode("0/" + "a".repeat(1_023)).namespace()).hasSize(1_024);
        refused("0/" + "a".repeat(1_024), "a namespace of more than 1024 bytes");
    }

    @Test
    void whatWasRefusedIsNotTold() {
        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> decode("2[\"e\",secret]"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    private static void refused(String text, String why) {
        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> decode(text))
                .withMessage(why);
    }
}
