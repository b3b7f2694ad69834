package io.posthorn.websocket.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Deflates a client's messages with a window of 256 to 32,768 bytes, which the JDK's deflater cannot be told. Greedy
 * matches through a table of the last place of each three bytes, in blocks with the fixed codes (RFC 1951 3.2.6).
 */
final class WindowedDeflater {
    private static final int MIN_MATCH = 3;
    private static final int MAX_MATCH = 258;
    private static final int HASH_SIZE = 1 << 14;

    private final int window;
    private final boolean contextTakeover;
    private byte[] history = new byte[0];

    WindowedDeflater(int windowBits, boolean contextTakeover) {
        this.window = 1 << windowBits;
        this.contextTakeover = contextTakeover;
    }

    /** One message's payload, compressed as RFC 7692 7.2.1 says: without the last four bytes. */
    byte[] deflate(byte[] message) {
        int begin = history.length;
        byte[] data = Arrays.copyOf(history, begin + message.length);
        System.arraycopy(message, 0, data, begin, message.length);
        BitWriter out = new BitWriter();
        out.write(0b010, 3);
        matches(data, begin, out);
        out.writeCode(0, 7);
        // The empty stored block, whose four bytes 00 00 ff ff are left out.
        out.write(0b000, 3);
        if (contextTakeover) {
            history = Arrays.copyOfRange(data, Math.max(0, data.length - window), data.length);
        }
        return out.toByteArray();
    }

    private void matches(byte[] data, int begin, BitWriter out) {
        int[] last = new int[HASH_SIZE];
        Arrays.fill(last, -1);
        for (int i = 0; i < begin; i++) {
            remember(data, i, last);
        }
        int i = begin;
        while (i < data.length) {
            int candidate = i + MIN_MATCH <= data.length ? last[hash(data, i)] : -1;
            int length = candidate < 0 || i - candidate > window ? 0 : matchLength(data, candidate, i);
            int step = Math.max(1, length < MIN_MATCH ? 0 : length);
            if (step == 1) {
                writeLiteral(out, data[i] & 0xFF);
            } else {
                writeMatch(out, length, i - candidate);
            }
            for (int end = i + step; i < end; i++) {
                remember(data, i, last);
            }
        }
    }

    private static void remember(byte[] data, int i, int[] last) {
        if (i + MIN_MATCH <= data.length) {
            last[hash(data, i)] = i;
        }
    }

    private static int hash(byte[] data, int i) {
        int three = ((data[i] & 0xFF) << 16) | ((data[i + 1] & 0xFF) << 8) | (data[i + 2] & 0xFF);
        return (three * 0x9E3779B1) >>> 18;
    }

    private static int matchLength(byte[] data, int candidate, int i) {
        int length = 0;
        while (length < MAX_MATCH && i + length < data.length && data[candidate + length] == data[i + length]) {
            length++;
        }
        return length;
    }

    private static void writeLiteral(BitWriter out, int literal) {
        if (literal < 144) {
            out.writeCode(0x30 + literal, 8);
        } else {
            out.writeCode(0x190 + literal - 144, 9);
        }
    }

    private static void writeMatch(BitWriter out, int length, int distance) {
        int lengthIndex = lastAtMost(CheckedInflater.LENGTH_BASE, length);
        int symbol = 257 + lengthIndex;
        if (symbol < 280) {
            out.writeCode(symbol - 256, 7);
        } else {
            out.writeCode(0xC0 + symbol - 280, 8);
        }
        out.write(length - CheckedInflater.LENGTH_BASE[lengthIndex], CheckedInflater.LENGTH_EXTRA[lengthIndex]);
        int distanceIndex = lastAtMost(CheckedInflater.DISTANCE_BASE, distance);
        out.writeCode(distanceIndex, 5);
        out.write(distance - CheckedInflater.DISTANCE_BASE[distanceIndex], Math.max(0, distanceIndex / 2 - 1));
    }

    private static int lastAtMost(int[] ascending, int value) {
        int index = Arrays.binarySearch(ascending, value);
        return index >= 0 ? index : -index - 2;
    }

    /** Bits into bytes, the least significant one first, codes with their most significant bit first. */
    private static final class BitWriter {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int bits;
        private int count;

        void write(int value, int length) {
            bits |= value << count;
            count += length;
            while (count >= 8) {
                out.write(bits);
                bits >>>= 8;
                count -= 8;
            }
        }

        void writeCode(int code, int length) {
            write(Integer.reverse(code) >>> (32 - length), length);
        }

        byte[] toByteArray() {
            if (count > 0) {
                out.write(bits);
                bits = 0;
                count = 0;
            }
            return out.toByteArray();
        }
    }
}
