package io.posthorn.websocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

import static io.posthorn.websocket.Frames.frame;
import static io.posthorn.websocket.Frames.hex;
import static io.posthorn.websocket.Frames.join;
import static io.posthorn.websocket.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Messages made of frames, and what can be wrong with them. */
class MessageAssemblerTest {
    private static final WebSocketLimits LIMITS = WebSocketLimits.defaults();

    @Test
    void aNewMessageInsideAnotherClosesWith1002() {
        assertThat(RecordedMessages.of(join(frame(0x01, hex("61")), text("b")))).containsExactly("violation 1002");
    }

    @Test
    void aCharacterMayBeSplitOverFragments() {
        // U+20AC, the euro sign: e2 82 ac
        byte[] stream = join(frame(0x01, hex("e2")), frame(0x00, hex("82")), frame(0x80, hex("ac")));

        assertThat(RecordedMessages.of(stream)).containsExactly("text €");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "f4908080", "80", "e282", "ff", "f8888080"})
    void textThatIsNotUtf8ClosesWith1007(String bytes) {
        assertThat(RecordedMessages.of(frame(0x81, hex(bytes)))).containsExactly("violation 1007");
        assertThat(RecordedMessages.ofSingleBytes(frame(0x81, hex(bytes)))).containsExactly("violation 1007");
    }

    @Test
    void badUtf8IsFoundAtItsFirstBadByteInsideAnIncompleteFrame() {
        byte[] frame = frame(0x81, hex("ceba e1bdb9 f4908080 656469746564"));

        // f4 90: the second byte takes it beyond U+10FFFF; the rest of the frame has not come.
        assertThat(RecordedMessages.of(Arrays.copyOf(frame, 6 + 6))).isEmpty();
        assertThat(RecordedMessages.of(Arrays.copyOf(frame, 6 + 7))).containsExactly("violation 1007");
    }

    @Test
    void badUtf8IsFoundBeforeTheMessageIsComplete() {
        assertThat(RecordedMessages.of(join(frame(0x01, hex("f490")))))
                .as("the fragment is not the last")
                .containsExactly("violation 1007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03e7", "03ec", "03ed", "03ee", "03f7", "03f8", "0bb7", "1388", "ffff"})
    void aCloseCodeThatMayNotBeSentClosesWith1002(String body) {
        assertThat(RecordedMessages.of(frame(0x88, hex(body)))).containsExactly("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999})
    void aCloseCodeThatMayBeSentIsTaken(int code) {
        byte[] body = {(byte) (code >> 8), (byte) code};

        assertThat(RecordedMessages.of(frame(0x88, body))).containsExactly("close " + code + " ");
    }

    @Test
    void aCloseReasonThatIsNotUtf8ClosesWith1007() {
        assertThat(RecordedMessages.of(frame(0x88, hex("03e8 eda080")))).containsExactly("violation 1007");
    }

    @Test
    void aMessageOfJustTheLimitIsTakenAndOneByteMoreClosesWith1009() {
        RecordedMessages small = new RecordedMessages(LIMITS.withMaxMessage(10), null);

        assertThat(small.read(text("0123456789"))).containsExactly("text 0123456789");
        assertThat(new RecordedMessages(LIMITS.withMaxMessage(10).withMaxFrame(100), null).read(text("0123456789A")))
                .containsExactly("violation 1009");
    }

    @Test
    void fragmentsTogetherMayNotPassTheLimit() {
        byte[] stream = join(frame(0x02, new byte[6]), frame(0x80, new byte[6]));

        assertThat(new RecordedMessages(LIMITS.withMaxMessage(10).withFragments(10, 0), null).read(stream))
                .containsExactly("violation 1009");
    }

    @Test
    void tooManyFragmentsCloseWith1008() {
        byte[] stream = join(frame(0x02, new byte[1]), frame(0x00, new byte[1]), frame(0x00, new byte[1]));

        assertThat(new RecordedMessages(LIMITS.withFragments(2, 0), null).read(stream))
                .containsExactly("violation 1008");
    }

    @Test
    void emptyFragmentsAreChargedAgainstTheSizeOfTheMessage() {
        byte[] stream = join(frame(0x02, new byte[1]), frame(0x00, new byte[0]), frame(0x00, new byte[0]));

        assertThat(new RecordedMessages(LIMITS.withMaxMessage(20).withFragments(100, 16), null).read(stream))
                .containsExactly("violation 1009");
    }

    @Test
    void aBombIsFoundWhileItGoesOff() {
        MessageInflater inflater = new MessageInflater(true);
        io.netty.buffer.ByteBuf out = io.netty.buffer.Unpooled.buffer();
        DeflateParameters parameters = new DeflateParameters(false, false, 15, 15, false, false);
        new MessageDeflater(parameters, 9).deflate(new byte[1 << 20], out);
        byte[] bomb = new byte[out.readableBytes()];
        out.readBytes(bomb);

        List<String> seen = new RecordedMessages(LIMITS.withMaxMessage(64 * 1024), inflater).read(frame(0xC2, bomb));

        assertThat(bomb.length).isLessThan(2000);
        assertThat(seen).containsExactly("violation 1009");
        inflater.close();
    }

    @Test
    void dataThatIsNotDeflateClosesWith1007() {
        MessageInflater inflater = new MessageInflater(true);

        assertThat(new RecordedMessages(LIMITS, inflater).read(frame(0xC1, hex("ff ff ff"))))
                .containsExactly("violation 1007");
        inflater.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f248cdc9c90700", // RFC 7692 7.2.3.1: one block
                "000500faff48656c6c6f00", // 7.2.3.3: without compression
                "f348cdc9c9070000", // 7.2.3.4: with BFINAL
                "f248050000 00ffff cac9c90700", // 7.2.3.5: two blocks
            })
    void theCompressedExamplesOfTheStandardAreRead(String payload) {
        MessageInflater inflater = new MessageInflater(true);

        assertThat(new RecordedMessages(LIMITS, inflater).read(frame(0xC1, hex(payload))))
                .containsExactly("text Hello");
        inflater.close();
    }

    @Test
    void aSecondMessageMayReferToTheFirst() {
        MessageInflater inflater = new MessageInflater(true);
        RecordedMessages messages = new RecordedMessages(LIMITS, inflater);

        // RFC 7692 7.2.3.2: the second time the window has it
        messages.read(frame(0xC1, hex("f248cdc9c90700")));
        assertThat(messages.read(frame(0xC1, hex("f200110000")))).containsExactly("text Hello", "text Hello");
        inflater.close();
    }

    @Test
    void rsv1OnAContinuationClosesWith1002() {
        MessageInflater inflater = new MessageInflater(true);
        byte[] stream = join(frame(0x41, hex("f248cd")), frame(0xC0, hex("c9c90700")));

        assertThat(new RecordedMessages(LIMITS, inflater).read(stream)).containsExactly("violation 1002");
        inflater.close();
    }
}
