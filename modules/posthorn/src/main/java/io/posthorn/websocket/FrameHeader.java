package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;

/**
 * The header of a frame (RFC 6455 5.2), as numbers.
 *
 * <pre>
 *    byte 0              byte 1             0, 2 or 8 bytes      0 or 4 bytes
 *   +-+-+-+-+-------+   +-+-------------+   +------------------+  +-------------+
 *   |F|R|R|R|opcode |   |M| length, or  |   | extended length, |  | masking key |   payload ...
 *   |I|S|S|S|       |   |A| 126: 2 more |   | big endian, in   |  | if MASK     |
 *   |N|V|V|V| 4 bit |   |S| 127: 8 more |   | its shortest     |  |             |
 *   | |1|2|3|       |   |K|    7 bit    |   | form             |  |             |
 *   +-+-+-+-+-------+   +-+-------------+   +------------------+  +-------------+
 * </pre>
 *
 * Byte 0 is called the head of a frame throughout this package.
 */
final class FrameHeader {
    static final int FIN = 0x80;
    /** Set on the first frame of a compressed message (RFC 7692 6). */
    static final int RSV1 = 0x40;

    static final int RSV2_RSV3 = 0x30;
    static final int OPCODE = 0x0F;
    static final int CONTROL = 0x08;

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    static final int MASK = 0x80;
    static final int LENGTH = 0x7F;
    static final int LENGTH_16_BIT = 126;
    static final int LENGTH_64_BIT = 127;
    static final int MAX_16_BIT = 0xFFFF;
    static final int MASKING_KEY_SIZE = 4;
    static final int MAX_SIZE = 14;

    /** RFC 6455 5.5. */
    static final int MAX_CONTROL_PAYLOAD = 125;

    private FrameHeader() {}

    static boolean isFinal(int head) {
        return (head & FIN) != 0;
    }

    static boolean isCompressed(int head) {
        return (head & RSV1) != 0;
    }

    static int opcode(int head) {
        return head & OPCODE;
    }

    static boolean isControl(int head) {
        return (head & CONTROL) != 0;
    }

    /** How many bytes of length follow byte 1. */
    static int extendedLengthSize(int shortLength) {
        if (shortLength < LENGTH_16_BIT) {
            return 0;
        }
        return shortLength == LENGTH_16_BIT ? 2 : 8;
    }

    /** The payload's length that a header from a server tells. */
    static long length(ByteBuf in, int at) {
        int shortLength = in.getByte(at + 1) & LENGTH;
        return switch (extendedLengthSize(shortLength)) {
            case 0 -> shortLength;
            case 2 -> in.getUnsignedShort(at + 2);
            default -> in.getLong(at + 2);
        };
    }

    /** The size of a header from a server, which has no masking key. */
    static int size(long length) {
        if (length < LENGTH_16_BIT) {
            return 2;
        }
        return length <= MAX_16_BIT ? 4 : 10;
    }

    /** Appends the header of a frame from a server. */
    static void write(ByteBuf out, int head, int length) {
        if (length < LENGTH_16_BIT) {
            out.writeShort((head << 8) | length);
        } else if (length <= MAX_16_BIT) {
            out.writeInt((((head << 8) | LENGTH_16_BIT) << 16) | length);
        } else {
            out.writeShort((head << 8) | LENGTH_64_BIT).writeLong(length);
        }
    }
}
