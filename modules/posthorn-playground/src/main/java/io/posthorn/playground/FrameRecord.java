package io.posthorn.playground;

import io.posthorn.websocket.FrameTap;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How a page is told of one frame.
 *
 * <pre>
 *  0          1                         9
 * +----------+-------------------------+---------------------------------------+
 * |direction | microseconds since 1970 | header and beginning of the payload,  |
 * | 0: sent by the client              | as they stood on the wire             |
 * | 1: sent by the server              |                                       |
 * +----------+-------------------------+---------------------------------------+
 * </pre>
 */
final class FrameRecord {
    private static final byte FROM_CLIENT = 0;
    private static final byte FROM_SERVER = 1;
    private static final int HEADER_SIZE = Byte.BYTES + Long.BYTES;

    private FrameRecord() {}

    static byte[] of(FrameTap.Direction direction, Instant time, byte[] frame) {
        return ByteBuffer.allocate(HEADER_SIZE + frame.length)
                .put(direction == FrameTap.Direction.RECEIVED ? FROM_CLIENT : FROM_SERVER)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time))
                .put(frame)
                .array();
    }
}
