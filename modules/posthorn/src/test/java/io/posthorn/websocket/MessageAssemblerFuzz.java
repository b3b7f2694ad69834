package io.posthorn.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MessageAssemblerFuzz {
    private static final int[] HEADS = {0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8A, 0xC1, 0xC2, 0x41, 0x42};
    private static final WebSocketLimits LIMITS =
            WebSocketLimits.defaults().withMaxMessage(400).withFragments(10, 16);

    @FuzzTest
    void anyFramesGiveTheSameMessagesWhereverTheyAreCut(FuzzedDataProvider data) {
        boolean compression = data.consumeBoolean();
        byte[] stream = stream(data);
        List<ByteBuffer> pieces = Cuts.pieces(stream, data);

        List<String> whole = messages(List.of(ByteBuffer.wrap(stream)), compression);

        assertThat(messages(pieces, compression)).isEqualTo(whole);
        assertThat(messages(Cuts.singleBytes(stream), compression)).isEqualTo(whole);
    }

    private static byte[] stream(FuzzedDataProvider data) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int frames = data.consumeInt(0, 16);
        for (int i = 0; i < frames; i++) {
            int head = HEADS[data.consumeInt(0, HEADS.length - 1)];
            stream.writeBytes(Frames.frame(head, data.consumeBytes(data.consumeInt(0, 140))));
        }
        return stream.toByteArray();
    }

    private static List<String> messages(List<ByteBuffer> pieces, boolean compression) {
        @Nullable MessageInflater inflater = compression ? new MessageInflater(true) : null;
        RecordedMessages messages = new RecordedMessages(LIMITS, inflater);
        List<String> lines = List.of();
        for (ByteBuffer piece : pieces) {
            lines = messages.read(piece);
        }
        if (inflater != null) {
            inflater.close();
            // A bomb of bad UTF-8 breaks two rules, and which is seen first depends on how much is inflated at once.
            return lines.stream()
                    .map(line -> line.startsWith("violation") ? "violation" : line)
                    .toList();
        }
        return lines;
    }
}
