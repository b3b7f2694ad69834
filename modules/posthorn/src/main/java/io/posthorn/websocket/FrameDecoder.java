package io.posthorn.websocket;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

import static io.posthorn.websocket.CloseCode.PROTOCOL_ERROR;
import static io.posthorn.websocket.CloseCode.TOO_BIG;

/**
 * Finds the frames in what a client sends, however the network has cut it, and checks what a header alone can get wrong
 * (RFC 6455 5.2). It copies no payload and knows no channel; it lives on its connection's loop.
 */
final class FrameDecoder {
    private enum State {
        HEADER,
        PAYLOAD
    }

    private FrameSink sink;
    private final int allowedReservedBits;
    private final long maxFramePayload;

    private State state = State.HEADER;
    /** The beginning of a header that a read has cut; null while none is. */
    private @Nullable ByteBuffer cutHeader;

    private int head;
    /** The payload's; once it has begun to come in pieces, what is still missing of it. */
    private long length;

    private int key;

    /**
     * A decoder at the beginning of a connection.
     *
     * @param compression whether permessage-deflate was agreed on, which gives RSV1 its meaning
     * @param maxFramePayload the largest payload of one frame, in bytes
     */
    FrameDecoder(FrameSink sink, boolean compression, long maxFramePayload) {
        this.sink = sink;
        this.allowedReservedBits = compression ? FrameHeader.RSV1 : 0;
        this.maxFramePayload = maxFramePayload;
    }

    /** Lets a tap see the frames from the next one on. */
    void tap(FrameTap tap) {
        sink = new TappedSink(sink, tap);
    }

    /**
     * Takes the bytes of one read, all of them unless the sink wants no more.
     *
     * @param in borrowed, big endian; its position is moved
     */
    void decode(ByteBuffer in) {
        MaskedPayload payload = new MaskedPayload();
        boolean further = true;
        while (further && in.hasRemaining() && sink.wantsMore()) {
            further = switch (state) {
                case HEADER -> readHeader(in, payload);
                case PAYLOAD -> readPayload(in, payload);
            };
        }
    }

    private boolean readHeader(ByteBuffer in, MaskedPayload payload) {
        if (cutHeader != null) {
            return readCutHeader(in, cutHeader, payload);
        }
        int size = parse(in, in.position(), in.remaining());
        if (size == 0) {
            cutHeader = ByteBuffer.allocate(FrameHeader.MAX_SIZE).put(in);
            return false;
        }
        in.position(in.position() + size);
        return beginFrame(in, payload);
    }

    /** Byte by byte, which a header suffers at most once per read. */
    private boolean readCutHeader(ByteBuffer in, ByteBuffer cut, MaskedPayload payload) {
        int size = 0;
        while (size == 0 && in.hasRemaining()) {
            cut.put(in.get());
            size = parse(cut, 0, cut.position());
        }
        if (size == 0) {
            return false;
        }
        cutHeader = null;
        return beginFrame(in, payload);
    }

    /** Reads a header if it is all there; its size, or 0. */
    private int parse(ByteBuffer in, int at, int available) {
        if (available < 2) {
            return 0;
        }
        int first = in.get(at) & 0xFF;
        int second = in.get(at + 1) & 0xFF;
        int shortLength = second & FrameHeader.LENGTH;
        checkFirstBytes(first, second, shortLength);
        int lengthSize = FrameHeader.extendedLengthSize(shortLength);
        int size = 2 + lengthSize + FrameHeader.MASKING_KEY_SIZE;
        if (available < 2 + lengthSize) {
            return 0;
        }
        length = lengthSize == 0 ? shortLength : extendedLength(in, at + 2, lengthSize);
        if (length > maxFramePayload) {
            throw new WebSocketException(TOO_BIG, "the frame is larger than " + maxFramePayload + " bytes");
        }
        if (available < size) {
            return 0;
        }
        head = first;
        key = in.getInt(at + size - FrameHeader.MASKING_KEY_SIZE);
        return size;
    }

    private void checkFirstBytes(int first, int second, int shortLength) {
        // RFC 6455 5.2: a reserved bit must be 0 unless an extension has given it a meaning; RFC 7692 6.1 gives RSV1
        // one, on the first frame of a message only.
        int reserved = first & (FrameHeader.RSV1 | FrameHeader.RSV2_RSV3);
        int opcode = FrameHeader.opcode(first);
        boolean begins = opcode == FrameHeader.TEXT || opcode == FrameHeader.BINARY;
        if ((reserved & ~(begins ? allowedReservedBits : 0)) != 0) {
            throw new WebSocketException(PROTOCOL_ERROR, "a reserved bit is set");
        }
        if ((opcode & ~FrameHeader.CONTROL) > FrameHeader.BINARY) {
            throw new WebSocketException(PROTOCOL_ERROR, "opcode " + opcode + " is reserved");
        }
        // RFC 6455 5.5: a control frame may not be fragmented, nor longer than 125 bytes.
        if (FrameHeader.isControl(first)
                && (!FrameHeader.isFinal(first) || shortLength > FrameHeader.MAX_CONTROL_PAYLOAD)) {
            throw new WebSocketException(PROTOCOL_ERROR, "control frames must be final and at most 125 bytes");
        }
        // RFC 6455 5.1: a server must close the connection upon a frame that is not masked.
        if ((second & FrameHeader.MASK) == 0) {
            throw new WebSocketException(PROTOCOL_ERROR, "frames from a client must be masked");
        }
    }

    private static long extendedLength(ByteBuffer in, int at, int size) {
        long value = size == 2 ? in.getShort(at) & 0xFFFFL : in.getLong(at);
        // RFC 6455 5.2: the minimal number of bytes must be used, and the most significant bit must be 0.
        long least = size == 2 ? FrameHeader.LENGTH_16_BIT : FrameHeader.MAX_16_BIT + 1L;
        if (value < least) {
            throw new WebSocketException(PROTOCOL_ERROR, "the length is not in its shortest form");
        }
        return value;
    }

    private boolean beginFrame(ByteBuffer in, MaskedPayload payload) {
        if (in.remaining() >= length) {
            int size = (int) length;
            payload.point(in, in.position(), size, key);
            in.position(in.position() + size);
            sink.whole(head, payload);
            return true;
        }
        state = State.PAYLOAD;
        sink.begin(head, length, key);
        return true;
    }

    private boolean readPayload(ByteBuffer in, MaskedPayload payload) {
        int size = (int) Math.min(in.remaining(), length);
        payload.point(in, in.position(), size, key);
        in.position(in.position() + size);
        length -= size;
        key = Masking.rotate(key, size);
        sink.part(payload);
        if (length == 0) {
            state = State.HEADER;
            sink.end();
        }
        return true;
    }
}
