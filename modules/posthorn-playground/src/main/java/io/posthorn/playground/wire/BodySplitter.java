package io.posthorn.playground.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Leaves a body in one piece, which ends with the stream; an empty piece where there was none. */
final class BodySplitter implements PieceSplitter {
    private final PieceBuffer body;

    BodySplitter(Consumer<Piece> onBody) {
        this.body = new PieceBuffer(onBody);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        body.take(bytes, bytes.remaining());
    }

    @Override
    public void onEnd() {
        body.finish();
    }
}
