package io.posthorn.playground.lab;

import io.posthorn.http.HttpExchange;
import io.posthorn.http.WireTap;
import io.posthorn.playground.wire.AnswerSplitter;
import io.posthorn.playground.wire.FrameSplitter;
import io.posthorn.playground.wire.Piece;
import io.posthorn.playground.wire.Secrets;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One request of a {@link Reader} and what was answered, as far as it is shown. Its reader guards it. */
final class Exchange {
    private static final int MAX_PIECES = 8;
    private static final int MAX_HEAD = 8 * 1024;

    private final HttpExchange http;
    private final String request;
    private final AnswerSplitter fromServer = new AnswerSplitter(piece -> keep(Wire.FROM_SERVER, piece));
    private final FrameSplitter fromClient = new FrameSplitter(piece -> keep(Wire.FROM_CLIENT, piece));
    private final Deque<Wire.Part> pieces = new ArrayDeque<>();
    private long number;
    private long passed;
    private int untold;
    private String toldHead = "";
    private boolean told;
    private boolean ended;
    private boolean toldEnd;
    private boolean shown = true;
    private boolean cut;

    /** To be made while nobody's lock is held: a head may be long. */
    Exchange(HttpExchange http) {
        this.http = http;
        String head = Secrets.hidden(http.requestHead());
        this.request = head.length() > MAX_HEAD ? head.substring(0, MAX_HEAD) + "…" : head;
    }

    /** Is its reader's from now on, which looks at it by this tap. */
    void begin(long which, WireTap tap) {
        number = which;
        http.tap(tap);
    }

    /** The request's size on the wire. */
    long requestBytes() {
        return http.request().wireBytes();
    }

    long number() {
        return number;
    }

    /** Drops its connection. */
    void cut() {
        cut = true;
        http.cut();
    }

    boolean isCut() {
        return cut;
    }

    void received(byte[] bytes) {
        // What comes behind the request of a stream is dropped, and means nothing.
        if (shown && fromServer.isWebSocket()) {
            fromClient.onBytes(ByteBuffer.wrap(bytes));
        }
    }

    void sent(byte[] bytes) {
        if (shown) {
            fromServer.onBytes(ByteBuffer.wrap(bytes));
        }
    }

    void ended() {
        ended = true;
        if (shown) {
            fromServer.onEnd();
            fromClient.onEnd();
        }
    }

    /** Whether the answer was a whole one, as that to a poll. */
    boolean wasPoll() {
        return fromServer.isWhole();
    }

    /** It is of no interest any more. */
    void hide() {
        shown = false;
        pieces.clear();
    }

    /** Lets everything be told that is there, also what was told before. */
    void tellAgain() {
        told = false;
        untold = pieces.size();
    }

    boolean hasNews() {
        return !told || untold > 0 || ended != toldEnd || !toldHead.equals(fromServer.head());
    }

    /** What has not been told. */
    Wire news(String reader) {
        List<Wire.Part> news = pieces.stream().skip(pieces.size() - untold).toList();
        untold = 0;
        told = true;
        toldEnd = ended;
        toldHead = fromServer.head();
        return new Wire(
                reader,
                number,
                request,
                requestBytes() - http.body().length,
                Secrets.hidden(toldHead),
                fromServer.headSize(),
                ended,
                passed - news.size() + 1,
                news);
    }

    private void keep(String from, Piece piece) {
        if (pieces.size() == MAX_PIECES) {
            pieces.removeFirst();
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        pieces.addLast(Wire.Part.of(from, micros, piece));
        passed++;
        untold = Math.min(untold + 1, MAX_PIECES);
    }
}
