package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** What a socket did not take at once, in its order; exists only while there is such. On the socket's loop. */
@OnLoop
final class SendQueue {
    private final Socket socket;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(2);
    private long sent;

    private record Waiting(ByteBuf bytes, Runnable onGone) {}

    SendQueue(Socket socket) {
        this.socket = socket;
    }

    /** Takes the bytes. */
    void add(ByteBuf bytes, Runnable onGone) {
        waiting.add(new Waiting(bytes, onGone));
    }

    /** How many bytes the socket has taken of those that wait still. */
    long progress() {
        return sent;
    }

    /** Sends what the socket has room for; whether nothing waits any more. */
    boolean send() throws IOException {
        for (Waiting next = waiting.peek(); next != null; next = waiting.peek()) {
            int size = send(socket, next.bytes);
            next.bytes.skipBytes(size);
            sent += size;
            if (next.bytes.isReadable()) {
                return false;
            }
            sent = 0;
            remove();
        }
        return true;
    }

    /** Lets go of what waits: it is lost. */
    void release() {
        while (!waiting.isEmpty()) {
            remove();
        }
    }

    /** Hands bytes to a socket without moving their indexes; how many it took. */
    static int send(Socket socket, ByteBuf bytes) throws IOException {
        if (bytes.hasMemoryAddress()) {
            return socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
        }
        ByteBuffer view = bytes.nioBuffer();
        return socket.send(view, view.position(), view.limit());
    }

    private void remove() {
        Waiting first = waiting.remove();
        first.bytes.release();
        first.onGone.run();
    }
}
