package io.posthorn.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Where the network may cut a stream of bytes. */
final class Cuts {
    private static final int MOST = 8;

    private Cuts() {}

    /** The pieces of a stream that is cut where the fuzzer says; some may be empty. */
    static List<ByteBuffer> pieces(byte[] stream, FuzzedDataProvider data) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < MOST && from < stream.length; i++) {
            int to = data.consumeInt(from, stream.length);
            pieces.add(ByteBuffer.wrap(stream, from, to - from).slice());
            from = to;
        }
        pieces.add(ByteBuffer.wrap(stream, from, stream.length - from).slice());
        return pieces;
    }

    /** Each byte by itself. */
    static List<ByteBuffer> singleBytes(byte[] stream) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int i = 0; i < stream.length; i++) {
            pieces.add(ByteBuffer.wrap(stream, i, 1).slice());
        }
        return pieces;
    }
}
