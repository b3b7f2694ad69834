package io.posthorn.websocket.conformance;

import java.util.Arrays;

import static io.posthorn.websocket.conformance.ServerFrameReader.check;

/**
 * Inflates a server's messages (RFC 1951, RFC 7692 7.2.2) and checks each back-reference: no distance may be longer
 * than the agreed window, nor reach into an earlier message where the server agreed to keep no context. The JDK's
 * inflater would let both pass.
 */
final class CheckedInflater {
    private static final int MAX_OUTPUT = 64 * 1024 * 1024;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int END_OF_BLOCK = 256;
    static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    static final int[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    static final int[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final int[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final HuffmanCode FIXED_LITERALS = fixedLiterals();
    private static final HuffmanCode FIXED_DISTANCES = fixedDistances();

    private final int window;
    private final boolean contextTakeover;
    private byte[] output = new byte[1024];
    private int end;
    private int longestDistance;

    CheckedInflater(int windowBits, boolean contextTakeover) {
        this.window = 1 << windowBits;
        this.contextTakeover = contextTakeover;
    }

    /** One message's payload without its compression. */
    byte[] inflate(byte[] message) {
        int begin = keepHistory();
        byte[] stream = Arrays.copyOf(message, message.length + TAIL.length);
        System.arraycopy(TAIL, 0, stream, message.length, TAIL.length);
        BitReader in = new BitReader(stream);
        do {
            block(in);
        } while (!in.isAtEnd());
        return Arrays.copyOfRange(output, begin, end);
    }

    /** The longest distance back that any message has used. */
    int longestDistance() {
        return longestDistance;
    }

    private int keepHistory() {
        int kept = contextTakeover ? Math.min(window, end) : 0;
        System.arraycopy(output, end - kept, output, 0, kept);
        end = kept;
        return kept;
    }

    private void block(BitReader in) {
        boolean last = in.read(1) == 1;
        int type = in.read(2);
        check(type != 3, "a block's type may not be 3 (RFC 1951 3.2.3)");
        if (type == 0) {
            stored(in);
        } else if (type == 1) {
            compressed(in, FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            dynamic(in);
        }
        if (last) {
            // RFC 7692 7.2.3.4: what follows a block with BFINAL begins at the next byte.
            in.skipToByte();
        }
    }

    private void stored(BitReader in) {
        in.skipToByte();
        int length = in.read(8) | in.read(8) << 8;
        int complement = in.read(8) | in.read(8) << 8;
        check((length ^ complement) == 0xFFFF, "a stored block's length and its complement differ (RFC 1951 3.2.4)");
        room(length);
        in.copy(output, end, length);
        end += length;
    }

    private void dynamic(BitReader in) {
        int literals = in.read(5) + 257;
        int distances = in.read(5) + 1;
        int codeLengths = in.read(4) + 4;
        int[] lengths = new int[19];
        for (int i = 0; i < codeLengths; i++) {
            lengths[CODE_LENGTH_ORDER[i]] = in.read(3);
        }
        int[] both = bothLengths(in, HuffmanCode.ofLengths(lengths, 0, 19), literals + distances);
        compressed(
                in,
                HuffmanCode.ofLengths(both, 0, literals),
                HuffmanCode.ofLengths(both, literals, literals + distances));
    }

    private static int[] bothLengths(BitReader in, HuffmanCode code, int count) {
        int[] lengths = new int[count];
        int i = 0;
        while (i < count) {
            int symbol = code.decode(in);
            if (symbol < 16) {
                lengths[i++] = symbol;
                continue;
            }
            int value = symbol == 16 ? lengths[i - 1] : 0;
            int repeat = symbol == 16 ? 3 + in.read(2) : symbol == 17 ? 3 + in.read(3) : 11 + in.read(7);
            check(i + repeat <= count, "code lengths run over their table (RFC 1951 3.2.7)");
            Arrays.fill(lengths, i, i + repeat, value);
            i += repeat;
        }
        return lengths;
    }

    private void compressed(BitReader in, HuffmanCode literals, HuffmanCode distances) {
        int symbol = literals.decode(in);
        while (symbol != END_OF_BLOCK) {
            if (symbol < END_OF_BLOCK) {
                room(1);
                output[end++] = (byte) symbol;
            } else {
                check(symbol <= 285, "the length symbol " + symbol + " does not exist (RFC 1951 3.2.5)");
                int index = symbol - 257;
                int length = LENGTH_BASE[index] + in.read(LENGTH_EXTRA[index]);
                copy(length, distance(in, distances));
            }
            symbol = literals.decode(in);
        }
    }

    private static int distance(BitReader in, HuffmanCode distances) {
        int symbol = distances.decode(in);
        check(symbol <= 29, "the distance symbol " + symbol + " does not exist (RFC 1951 3.2.5)");
        return DISTANCE_BASE[symbol] + in.read(Math.max(0, symbol / 2 - 1));
    }

    private void copy(int length, int distance) {
        check(distance <= window, "the distance " + distance + " is longer than the window of " + window + " bytes");
        check(distance <= end, "a distance reaches before the message's (or the connection's) beginning");
        longestDistance = Math.max(longestDistance, distance);
        room(length);
        for (int i = 0; i < length; i++) {
            output[end] = output[end - distance];
            end++;
        }
    }

    private void room(int more) {
        check(end + more <= MAX_OUTPUT, "a message inflates to more than any case sends");
        if (end + more > output.length) {
            output = Arrays.copyOf(output, Math.max(end + more, 2 * output.length));
        }
    }

    private static HuffmanCode fixedLiterals() {
        int[] lengths = new int[288];
        Arrays.fill(lengths, 0, 144, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        Arrays.fill(lengths, 280, 288, 8);
        return HuffmanCode.ofLengths(lengths, 0, 288);
    }

    private static HuffmanCode fixedDistances() {
        int[] lengths = new int[30];
        Arrays.fill(lengths, 5);
        return HuffmanCode.ofLengths(lengths, 0, 30);
    }
}
