package io.posthorn.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FrameDecoderFuzz {
    private static final int MAX_PAYLOAD = 70_000;

    @FuzzTest
    void anyBytesGiveTheSameFramesWhereverTheyAreCut(FuzzedDataProvider data) {
        boolean compression = data.consumeBoolean();
        byte[] stream = data.consumeBytes(1 << 16);

        List<String> whole = frames(List.of(ByteBuffer.wrap(stream)), compression);

        assertThat(frames(Cuts.pieces(stream, data), compression)).isEqualTo(whole);
        assertThat(frames(Cuts.singleBytes(stream), compression)).isEqualTo(whole);
    }

    private static List<String> frames(List<ByteBuffer> pieces, boolean compression) {
        RecordedFrames sink = new RecordedFrames();
        FrameDecoder decoder = new FrameDecoder(sink, compression, MAX_PAYLOAD);
        try {
            for (ByteBuffer piece : pieces) {
                decoder.decode(piece);
                assertThat(piece.hasRemaining()).isFalse();
            }
        } catch (WebSocketException violation) {
            sink.lines.add("violation " + violation.code());
        }
        return sink.all();
    }

    /** A line for each frame that is complete, and one for what has come of the last. */
    private static final class RecordedFrames implements FrameSink {
        private final List<String> lines = new ArrayList<>();
        private final StringBuilder underWay = new StringBuilder();
        private long due;

        @Override
        public void whole(int head, MaskedPayload payload) {
            assertThat(due).isZero();
            underWay.append(head).append(' ');
            add(payload);
            finish();
        }

        @Override
        public void begin(int head, long length, int key) {
            assertThat(due).isZero();
            assertThat(length).isBetween(1L, (long) MAX_PAYLOAD);
            due = length;
            underWay.append(head).append(' ');
        }

        @Override
        public void part(MaskedPayload payload) {
            assertThat(payload.length()).isPositive();
            due -= payload.length();
            add(payload);
        }

        @Override
        public void end() {
            assertThat(due).isZero();
            finish();
        }

        @Override
        public boolean wantsMore() {
            return true;
        }

        List<String> all() {
            finish();
            return lines;
        }

        private void add(MaskedPayload payload) {
            byte[] plain = new byte[payload.length()];
            payload.copyTo(plain, 0);
            underWay.append(HexFormat.of().formatHex(plain));
        }

        private void finish() {
            lines.add(underWay.toString());
            underWay.setLength(0);
        }
    }
}
