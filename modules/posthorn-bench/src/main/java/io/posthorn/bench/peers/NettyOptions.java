package io.posthorn.bench.peers;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;

import java.util.Arrays;
import java.util.Locale;

/** What the command line says: the port, how a fan-out is written, and by which system calls. */
record NettyOptions(int port, Way fanout, Io io) {
    /** How one text goes to all. */
    enum Way {
        PLAIN,
        ONCE;

        FanOut create(EventExecutor loop) {
            return switch (this) {
                case PLAIN -> new Everybody(loop);
                case ONCE -> new EncodedOnce();
            };
        }
    }

    /** What carries the bytes. */
    enum Io {
        EPOLL,
        NIO,
        IO_URING;

        IoHandlerFactory handlers() {
            return switch (this) {
                case EPOLL -> EpollIoHandler.newFactory();
                case NIO -> NioIoHandler.newFactory();
                case IO_URING -> IoUringIoHandler.newFactory();
            };
        }

        Class<? extends ServerChannel> listener() {
            return switch (this) {
                case EPOLL -> EpollServerSocketChannel.class;
                case NIO -> NioServerSocketChannel.class;
                case IO_URING -> IoUringServerSocketChannel.class;
            };
        }
    }

    /** Reads {@code --port N --fanout plain|once --io epoll|nio|io_uring}, in any order; plain and epoll if not said. */
    static NettyOptions of(String... args) {
        int port = 0;
        Way fanout = Way.PLAIN;
        Io io = Io.EPOLL;
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--port" -> port = Integer.parseInt(value);
                case "--fanout" -> fanout = Way.valueOf(value.toUpperCase(Locale.ROOT));
                case "--io" -> io = Io.valueOf(value.toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException("no such option: " + args[i]);
            }
        }
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("an option without its value in " + Arrays.toString(args));
        }
        return new NettyOptions(port, fanout, io);
    }
}
