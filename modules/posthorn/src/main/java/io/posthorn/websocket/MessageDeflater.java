package io.posthorn.websocket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Compresses what goes to one client (RFC 7692 7.2.1).
 *
 * <p>The JDK's deflater knows windows of 15 bits only. A smaller one that the client asked for is kept to by beginning
 * anew after as many bytes as it holds: no distance can then reach farther back. It holds native memory from the first
 * compressed message on, or only during one where each begins anew; {@link #close} frees it. Lives on its connection's
 * loop.
 */
final class MessageDeflater {
    private static final int FULL_WINDOW_BITS = 15;
    /** RFC 7692 7.2.1: the end of a flush, 00 00 FF FF, is taken off. */
    private static final int TAIL_SIZE = 4;

    private static final int LEAST_ROOM = 256;

    private final DeflateParameters parameters;
    private final int level;
    private @Nullable Deflater deflater;

    MessageDeflater(DeflateParameters parameters, int level) {
        this.parameters = parameters;
        this.level = level;
    }

    /** Appends a message's compressed form. */
    void deflate(byte[] message, ByteBuf out) {
        Deflater stream = deflater();
        int begin = out.writerIndex();
        if (parameters.serverMaxWindowBits() == FULL_WINDOW_BITS) {
            flush(stream, message, 0, message.length, out);
        } else {
            int window = 1 << parameters.serverMaxWindowBits();
            for (int from = 0; from < message.length; from += window) {
                stream.reset();
                flush(stream, message, from, Math.min(window, message.length - from), out);
            }
        }
        out.writerIndex(Math.max(begin, out.writerIndex() - TAIL_SIZE));
        if (out.writerIndex() == begin) {
            out.writeByte(0); // RFC 7692 7.2.3.6: an empty block stands for an empty message
        }
        if (parameters.serverNoContextTakeover()) {
            close();
        }
    }

    /** Frees the native memory. */
    void close() {
        if (deflater != null) {
            ZlibCache.ofThisLoop().give(deflater, level);
            deflater = null;
        }
    }

    private static void flush(Deflater stream, byte[] message, int from, int length, ByteBuf out) {
        stream.setInput(message, from, length);
        int room;
        int count;
        do {
            out.ensureWritable(Math.max(LEAST_ROOM, length / 4));
            ByteBuffer target = out.nioBuffer(out.writerIndex(), out.writableBytes());
            room = target.remaining();
            count = stream.deflate(target, Deflater.SYNC_FLUSH);
            out.writerIndex(out.writerIndex() + count);
        } while (count == room);
    }

    private Deflater deflater() {
        if (deflater == null) {
            deflater = ZlibCache.ofThisLoop().takeDeflater(level);
        }
        return deflater;
    }
}
