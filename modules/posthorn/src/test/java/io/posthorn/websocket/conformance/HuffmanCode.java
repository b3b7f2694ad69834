package io.posthorn.websocket.conformance;

/**
 * A canonical Huffman code of DEFLATE (RFC 1951 3.2.2), as a table that the next bits of the stream index. A code is
 * packed with its most significant bit first, so that the table's index has it reversed.
 */
final class HuffmanCode {
    private static final int MAX_LENGTH = 15;

    private final int[] table;
    private final int longest;

    private HuffmanCode(int[] table, int longest) {
        this.table = table;
        this.longest = longest;
    }

    /** The code in which symbol {@code i} has {@code lengths[from + i]} bits; 0 means that it does not occur. */
    static HuffmanCode ofLengths(int[] lengths, int from, int to) {
        int[] count = new int[MAX_LENGTH + 1];
        int longest = 1;
        for (int i = from; i < to; i++) {
            count[lengths[i]]++;
            longest = Math.max(longest, lengths[i]);
        }
        int[] next = firstCodes(count);
        int[] table = new int[1 << longest];
        for (int i = from; i < to; i++) {
            if (lengths[i] > 0) {
                fill(table, next[lengths[i]]++, lengths[i], i - from);
            }
        }
        return new HuffmanCode(table, longest);
    }

    private static int[] firstCodes(int[] count) {
        int[] next = new int[MAX_LENGTH + 2];
        int code = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            next[length] = code;
            code = (code + count[length]) << 1;
        }
        return next;
    }

    private static void fill(int[] table, int code, int length, int symbol) {
        ServerFrameReader.check(code < 1 << length, "a Huffman code is over-subscribed (RFC 1951 3.2.2)");
        int reversed = Integer.reverse(code) >>> (32 - length);
        for (int index = reversed; index < table.length; index += 1 << length) {
            table[index] = symbol << 4 | length;
        }
    }

    /** The symbol that {@code in} is at. */
    int decode(BitReader in) {
        int entry = table[in.peek(longest)];
        ServerFrameReader.check(entry != 0, "bits that are no Huffman code (RFC 1951 3.2.2)");
        in.skip(entry & 0xF);
        return entry >>> 4;
    }
}
