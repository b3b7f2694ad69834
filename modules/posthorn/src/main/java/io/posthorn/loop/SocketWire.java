package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A bare socket on its loop, which waits for it by epoll: what {@link SocketTakeover} makes of a channel. Netty's channel costs
 * a kilobyte, of which a connection that has nothing before its socket needs nothing; and its events go through a pipeline.
 *
 * <pre>
 *   readable      ──► the loop's shared buffer ──► reader          as long as it is read from
 *   writable      ──► what the socket did not take at once         only while there is such
 *   ended, failed ──► what is still there ──► reader ──► close     always
 * </pre>
 *
 * It closes itself when the other side ends; the reader hears of the end later, never within a call of its own.
 */
@OnLoop
final class SocketWire implements Wire, EpollIoHandle {
    private static final Logger log = LoggerFactory.getLogger(SocketWire.class);
    /** So many reads in a row, and the loop's other connections have their turn. */
    private static final int MAX_READS = 16;

    private final Loop loop;
    private final Socket socket;
    private final Reader reader;
    private final Runnable departure;
    private @Nullable IoRegistration registration;
    private @Nullable SendQueue queue;
    private boolean reading;
    private boolean endsOutput;

    /**
     * A wire that is not registered yet.
     *
     * @param reading whether it is read from as soon as it begins, unless the reader says otherwise before
     * @param departure what is to be run at the end
     */
    SocketWire(Loop loop, Socket socket, boolean reading, Reader reader, Runnable departure) {
        this.loop = loop;
        this.socket = socket;
        this.reading = reading;
        this.reader = reader;
        this.departure = departure;
    }

    /** Begins to wait for the socket; where that cannot be, the connection ends. */
    void begin() {
        if (!socket.isOpen()) {
            return; // what was sent first has found that out
        }
        ((IoEventLoop) loop.eventLoop()).register(this).addListener(done -> {
            if (done.isSuccess()) {
                registration = (IoRegistration) done.getNow();
                watch();
            } else {
                log.debug("{} cannot be waited for", socket, done.cause());
                close();
            }
        });
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public Socket socket() {
        return socket;
    }

    @Override
    public ByteBufAllocator allocator() {
        return PooledByteBufAllocator.DEFAULT;
    }

    @Override
    public boolean isClear() {
        return queue == null && socket.isOpen();
    }

    @Override
    public void queue(ByteBuf bytes, Runnable onGone) {
        if (!socket.isOpen()) {
            bytes.release();
            onGone.run();
            return;
        }
        SendQueue waiting = queue;
        if (waiting == null) {
            waiting = new SendQueue(socket);
            queue = waiting;
            watch();
        }
        waiting.add(bytes, onGone);
    }

    @Override
    public long progress() {
        return queue == null ? 0 : queue.progress();
    }

    @Override
    public boolean isReading() {
        return reading;
    }

    @Override
    public void read(boolean wanted) {
        if (reading != wanted) {
            reading = wanted;
            watch();
        }
    }

    @Override
    public void halfClose() {
        endsOutput = true;
        if (isClear()) {
            endOutput();
        }
    }

    /** Also called when the loop ends. */
    @Override
    public void close() {
        if (!socket.isOpen()) {
            return;
        }
        try {
            socket.close();
        } catch (IOException failure) {
            log.debug("{} could not be closed", socket, failure);
        }
        // After: a descriptor that is closed need not be taken out of epoll.
        if (registration != null) {
            registration.cancel();
        }
        if (!loop.mailbox().post(this::gone)) {
            gone();
        }
    }

    @Override
    public void handle(IoRegistration of, IoEvent event) {
        if (!socket.isOpen()) {
            return;
        }
        EpollIoOps ready = ((EpollIoEvent) event).ops();
        boolean writable = ready.contains(EpollIoOps.EPOLLOUT);
        boolean readable = ready.contains(EpollIoOps.EPOLLIN);
        // What has come before the end is read, also by who reads no more: the end can be seen behind it only.
        boolean ends =
                ready.contains(EpollIoOps.EPOLLRDHUP) || ready.contains(EpollIoOps.EPOLLERR) || !(readable || writable);
        try {
            if (writable) {
                sendWaiting();
            }
            if (ends || readable) {
                receive(ends);
            }
        } catch (IOException lost) {
            log.debug("{} failed", socket, lost);
            close();
        } catch (Throwable failure) {
            // An Error too: it would end the loop, and all that live on it.
            log.debug("{} closed after an unforeseen failure", socket, failure);
            close();
        }
    }

    private void receive(boolean toItsEnd) throws IOException {
        int reads = 0;
        int size;
        boolean goesOn;
        do {
            size = receive();
            reads++;
            boolean mayBeMore = size == SharedReceiveBuffer.CAPACITY && reads < MAX_READS;
            goesOn = toItsEnd ? size > 0 : mayBeMore && reading;
        } while (goesOn && socket.isOpen());
        reader.readComplete();
        if (size < 0) {
            close();
        }
    }

    /** One read; its size, 0 where nothing is there, -1 at the end. */
    private int receive() throws IOException {
        ByteBuf buffer = loop.receiveBuffer().take();
        try {
            int size = read(buffer);
            if (size > 0) {
                reader.received(buffer.internalNioBuffer(0, size));
            }
            return size;
        } finally {
            buffer.release();
        }
    }

    private int read(ByteBuf buffer) throws IOException {
        int capacity = buffer.capacity();
        return buffer.hasMemoryAddress()
                ? socket.recvAddress(buffer.memoryAddress(), 0, capacity)
                : socket.recv(buffer.internalNioBuffer(0, capacity), 0, capacity);
    }

    private void sendWaiting() throws IOException {
        SendQueue waiting = queue;
        if (waiting != null && waiting.send()) {
            queue = null;
            watch();
            if (endsOutput) {
                endOutput();
            }
        }
    }

    private void endOutput() {
        try {
            socket.shutdown(false, true);
        } catch (IOException gone) {
            log.debug("{} has ended already", socket, gone);
            close();
        }
    }

    /** Tells the system what to wait for. */
    private void watch() {
        IoRegistration known = registration;
        if (known == null || !known.isValid()) {
            return;
        }
        EpollIoOps events = EpollIoOps.EPOLLRDHUP;
        events = reading ? events.with(EpollIoOps.EPOLLIN) : events;
        try {
            known.submit(queue == null ? events : events.with(EpollIoOps.EPOLLOUT));
        } catch (UncheckedIOException failure) {
            log.debug("{} cannot be waited for", socket, failure);
            close();
        }
    }

    private void gone() {
        SendQueue lost = queue;
        queue = null;
        if (lost != null) {
            lost.release();
        }
        reader.gone();
        departure.run();
    }
}
