package io.posthorn.websocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.posthorn.websocket.Frames.frame;
import static io.posthorn.websocket.Frames.hex;
import static io.posthorn.websocket.Frames.join;
import static io.posthorn.websocket.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Frames with their headers, and what a header alone can get wrong. */
class FrameDecoderTest {
    private static final byte[] HELLO = "Hello".getBytes(StandardCharsets.UTF_8);

    @Test
    void theExampleOfTheStandardIsRead() {
        // RFC 6455 5.7: FIN and text; MASK and a length of 5; the key; "Hello", masked
        assertThat(RecordedMessages.of(hex("81 85 37fa213d 7f9f4d5158"))).containsExactly("text Hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 70_000})
    void eachLengthFormIsRead(int length) {
        String text = "x".repeat(length);

        assertThat(RecordedMessages.of(text(text))).containsExactly("text " + text);
    }

    @Test
    void whereverTheStreamIsCutTheMessagesAreTheSame() {
        byte[] stream = join(
                text("one, 二, 😀"),
                frame(0x01, "be".getBytes(StandardCharsets.UTF_8)),
                frame(0x89, HELLO),
                frame(0x00, new byte[0]),
                frame(0x80, "tween".getBytes(StandardCharsets.UTF_8)),
                frame(0x8A, new byte[0]),
                frame(0x82, hex("00 01 02 ff")),
                text("y".repeat(200)),
                frame(0x82, new byte[0]),
                frame(0x88, hex("03e8 627965")));
        List<String> whole = RecordedMessages.of(stream);

        assertThat(whole)
                .containsExactly(
                        "text one, 二, 😀",
                        "ping 48656c6c6f",
                        "text between",
                        "pong ",
                        "binary 000102ff",
                        "text " + "y".repeat(200),
                        "binary ",
                        "close 1000 bye");
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(RecordedMessages.ofCut(stream, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(RecordedMessages.ofSingleBytes(stream)).isEqualTo(whole);
    }

    @Test
    void whatFollowsACloseFrameIsNotRead() {
        assertThat(RecordedMessages.of(join(frame(0x88, new byte[0]), text("late"))))
                .containsExactly("close 1005 ");
    }

    @ParameterizedTest
    @CsvSource({
        "81 05 48656c6c6f, a frame without a mask",
        "91 80 37fa213d, RSV3",
        "a1 80 37fa213d, RSV2",
        "c1 80 37fa213d, RSV1 without an extension",
        "83 80 37fa213d, a reserved data opcode",
        "87 80 37fa213d, the last of them",
        "8b 80 37fa213d, a reserved control opcode",
        "8f 80 37fa213d, the last of them",
        "09 80 37fa213d, a fragmented ping",
        "08 80 37fa213d, a fragmented close",
        "89 fe 007e 37fa213d, a ping of 126 bytes",
        "81 fe 007d 37fa213d, 125 in 16 bits",
        "81 ff 000000000000ffff 37fa213d, 65535 in 64 bits",
        "81 ff 8000000000000000 37fa213d, a length with its top bit set",
        "80 80 37fa213d, a continuation of nothing",
        "00 80 37fa213d, a continuation of nothing that goes on",
    })
    void aHeaderThatBreaksTheProtocolClosesWith1002(String bytes, String what) {
        assertThat(RecordedMessages.of(hex(bytes))).as(what).containsExactly("violation 1002");
        assertThat(RecordedMessages.ofSingleBytes(hex(bytes))).as(what).containsExactly("violation 1002");
    }

    @Test
    void aWrongHeaderIsFoundBeforeItIsComplete() {
        // The second byte has no MASK bit; nothing else has come.
        assertThat(RecordedMessages.of(hex("81 05"))).containsExactly("violation 1002");
    }

    @Test
    void aFrameLargerThanTheLimitClosesWith1009BeforeItsPayloadComes() {
        RecordedMessages messages =
                new RecordedMessages(WebSocketLimits.defaults().withMaxFrame(1000), null);

        assertThat(messages.read(hex("82 fe 03e9"))).containsExactly("violation 1009");
    }
}
