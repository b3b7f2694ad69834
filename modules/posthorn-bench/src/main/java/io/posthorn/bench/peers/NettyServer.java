package io.posthorn.bench.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The peer: a WebSocket server as Netty's own classes make it, on one event loop. {@code /echo} sends each message back
 * to who sent it, {@code /fanout} each text to all of its connections. A message is one frame. The event loop's thread
 * does everything.
 */
final class NettyServer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final EventLoopGroup loop;
    private final Channel listening;

    private NettyServer(EventLoopGroup loop, Channel listening) {
        this.loop = loop;
        this.listening = listening;
    }

    /**
     * Serves until the process is ended.
     *
     * @param args {@code --port N [--fanout plain|once] [--io epoll|nio|io_uring]}
     */
    public static void main(String[] args) {
        // With io_uring a fan-out overflows the completion queue, and Netty would log each time, by java.util.logging.
        InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
        NettyOptions options = NettyOptions.of(args);
        NettyServer server = listen(options);
        System.out.println("netty listening on port " + server.port() + " " + options);
        server.listening.closeFuture().syncUninterruptibly();
    }

    /** Listens on 127.0.0.1, on a port of the system's choice for 0. */
    static NettyServer listen(NettyOptions options) {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, options.io().handlers());
        try {
            Channel listening = new ServerBootstrap()
                    .group(loop)
                    .channel(options.io().listener())
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new NettyPipeline(options.fanout().create(loop.next())))
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()))
                    .syncUninterruptibly()
                    .channel();
            return new NettyServer(loop, listening);
        } catch (RuntimeException refused) {
            loop.shutdownGracefully();
            throw refused;
        }
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
