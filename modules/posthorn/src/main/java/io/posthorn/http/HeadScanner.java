package io.posthorn.http;

import io.netty.buffer.ByteBuf;

import java.util.Locale;

/**
 * Reads the bytes of a request's head before anything else does, and refuses what RFC 9112 does not allow. Netty's
 * decoder joins folded lines and forgives odd separators; two readers that forgive differently are what request smuggling
 * lives on.
 *
 * <pre>
 *   START ─ M E T H O D ─ SP ─ T A R G E T ─ SP ─ V E R S I O N ─ CR LF ┐
 *           ┌──────────────────────────────────────────────────────────┘
 *           └ LINE_START ─ N A M E ─ : ─ V A L U E ─ CR LF ┐   LINE_START ─ CR LF ─ DONE
 *             └──────────────────────────────────────────── ┘
 * </pre>
 *
 * It also counts: the request line's bytes, the header lines and their bytes. It may be fed in pieces of any size.
 */
final class HeadScanner {
    private enum State {
        START,
        EMPTY_LINE_LF,
        METHOD,
        TARGET,
        VERSION,
        LINE_LF,
        LINE_START,
        NAME,
        VALUE,
        LAST_LF,
        DONE
    }

    private final HttpLimits limits;
    private State state = State.START;
    private boolean sawEmptyLine;
    private final StringBuilder version = new StringBuilder(8);
    private int requestLineBytes;
    private int headerBytes;
    private int headers;

    HeadScanner(HttpLimits limits) {
        this.limits = limits;
    }

    /**
     * Scans bytes up to the end of the head; borrows the buffer and leaves its indices.
     *
     * @return how many bytes belong to the head
     * @throws HttpException where they break a rule or a limit
     */
    int scan(ByteBuf in, int index, int length) {
        int scanned = 0;
        while (scanned < length && state != State.DONE) {
            state = next(in.getByte(index + scanned) & 0xff);
            scanned++;
        }
        return scanned;
    }

    /** Whether a byte of the request line has been seen. */
    boolean hasBegun() {
        return requestLineBytes > 0;
    }

    /** A new head begins. */
    void reset() {
        state = State.START;
        sawEmptyLine = false;
        version.setLength(0);
        requestLineBytes = 0;
        headerBytes = 0;
        headers = 0;
    }

    private State next(int b) {
        return switch (state) {
            case START -> start(b);
            case EMPTY_LINE_LF -> lineFeed(b, State.START);
            case METHOD -> method(b);
            case TARGET -> target(b);
            case VERSION -> version(b);
            case LINE_LF -> lineFeed(b, State.LINE_START);
            case LINE_START -> lineStart(b);
            case NAME -> name(b);
            case VALUE -> value(b);
            case LAST_LF -> lineFeed(b, State.DONE);
            case DONE -> State.DONE;
        };
    }

    /** RFC 9112 2.2: one empty line before the request line is forgiven. */
    private State start(int b) {
        if (b == '\r' && !sawEmptyLine) {
            sawEmptyLine = true;
            return State.EMPTY_LINE_LF;
        }
        return method(b, "the request does not begin with a method");
    }

    private State method(int b) {
        return b == ' ' ? countRequestLine(State.TARGET) : method(b, "a character in the method that is not allowed");
    }

    private State method(int b, String reason) {
        if (!Tokens.isTokenChar(b)) {
            throw HttpException.badRequest(reason);
        }
        return countRequestLine(State.METHOD);
    }

    private State target(int b) {
        if (b == ' ') {
            return countRequestLine(State.VERSION);
        }
        if (b <= ' ' || b >= 0x7f) {
            throw HttpException.badRequest("a character in the request target that is not allowed");
        }
        return countRequestLine(State.TARGET);
    }

    private State version(int b) {
        if (b == '\r') {
            checkVersion(version.toString());
            return State.LINE_LF;
        }
        if (b <= ' ' || b >= 0x7f) {
            throw HttpException.badRequest("a request line that is not method, target and version");
        }
        version.append((char) b);
        return countRequestLine(State.VERSION);
    }

    private static void checkVersion(String version) {
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw version.toUpperCase(Locale.ROOT).startsWith("HTTP/")
                    ? new HttpException(Refusal.UNSUPPORTED_VERSION, "only HTTP/1.0 and HTTP/1.1 are spoken here")
                    : HttpException.badRequest("a request line that is not method, target and version");
        }
    }

    private State lineStart(int b) {
        if (b == '\r') {
            return State.LAST_LF;
        }
        // RFC 9112 5.2: a server refuses a folded line, or replaces the fold before anything interprets it.
        if (b == ' ' || b == '\t') {
            throw HttpException.badRequest("a folded header line");
        }
        if (++headers > limits.maxHeaders()) {
            throw new HttpException(Refusal.TOO_MANY_HEADERS, "more than " + limits.maxHeaders() + " headers");
        }
        return name(b, "a header line without a name");
    }

    private State name(int b) {
        // RFC 9112 5.1: no white space between a field's name and the colon.
        return b == ':' ? countHeader(State.VALUE) : name(b, "a character in a header's name that is not allowed");
    }

    private State name(int b, String reason) {
        if (!Tokens.isTokenChar(b)) {
            throw HttpException.badRequest(reason);
        }
        return countHeader(State.NAME);
    }

    private State value(int b) {
        if (b == '\r') {
            return State.LINE_LF;
        }
        if ((b < ' ' && b != '\t') || b == 0x7f) {
            throw HttpException.badRequest("a control character in a header's value");
        }
        return countHeader(State.VALUE);
    }

    /** RFC 9112 2.2: lines end with CR LF; neither stands alone. */
    private static State lineFeed(int b, State next) {
        if (b != '\n') {
            throw HttpException.badRequest("a CR that no LF follows");
        }
        return next;
    }

    private State countRequestLine(State next) {
        if (++requestLineBytes > limits.maxRequestLine()) {
            throw new HttpException(
                    Refusal.REQUEST_LINE_TOO_LONG, "a request line of more than " + limits.maxRequestLine() + " bytes");
        }
        return next;
    }

    private State countHeader(State next) {
        if (++headerBytes > limits.maxHeaderBytes()) {
            throw new HttpException(
                    Refusal.HEADERS_TOO_LARGE, "headers of more than " + limits.maxHeaderBytes() + " bytes");
        }
        return next;
    }
}
