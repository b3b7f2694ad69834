package io.posthorn.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** The way out over real sockets, without a protocol around it. */
class OutboundTest implements Outbound.Listener {
    private final List<String> told = new ArrayList<>();
    private ServerSocket listening;

    @BeforeEach
    void listen() throws Exception {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        listening.close();
    }

    @Override
    public void onCongestion(boolean congested) {
        told.add(congested ? "congested" : "writable");
    }

    @Override
    public void onDequeued() {}

    @Test
    void whatIsSentAfterTheSocketWasClosedReachesNobodyElse() throws Exception {
        Assumptions.assumeTrue(IoKind.EPOLL.isAvailable());
        try (EventLoops loops = new EventLoops(IoKind.EPOLL, 1)) {
            ChannelHandlerContext context = connect(loops);
            listening.accept().close();

            Socket stranger = onLoop(context, () -> {
                Outbound outbound = outbound(loops, context);
                context.channel().close();
                // The system gives the number of the descriptor that was closed to the next one that is opened.
                Socket next = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                ByteBufUtil.writeAscii(outbound.get(), "secret");
                outbound.flush();
                return next;
            });

            stranger.getOutputStream().write('x');
            try (stranger;
                    Socket other = listening.accept()) {
                assertThat(other.getInputStream().read()).isEqualTo('x');
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void whatTheSocketTakesAtOnceCongestsNobody(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        try (EventLoops loops = new EventLoops(kind, 1)) {
            ChannelHandlerContext context = connect(loops);
            try (Socket reader = listening.accept()) {
                byte[] bytes = new byte[100_000];
                onLoop(context, () -> {
                    Outbound outbound = outbound(loops, context);
                    outbound.get().writeBytes(bytes);
                    outbound.flush();
                    return outbound;
                });

                assertThat(reader.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
                assertThat(told).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void whoStandsBeforeTheSocketSeesAllThatIsSent(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        try (EventLoops loops = new EventLoops(kind, 1)) {
            ChannelHandlerContext context = connect(loops);
            AtomicInteger seen = new AtomicInteger();
            onLoop(context, () -> {
                context.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
                        seen.addAndGet(((ByteBuf) message).readableBytes());
                        to.write(message, promise);
                    }
                });
                Outbound outbound = outbound(loops, context);
                outbound.get().writeBytes(new byte[100]);
                outbound.flush();
                return outbound;
            });

            assertThat(seen).hasValue(100);
        }
    }

    @Test
    void whatASocketTakesIsGatheredInOneBufferByAllConnectionsOfALoop() throws Exception {
        Assumptions.assumeTrue(IoKind.EPOLL.isAvailable());
        try (EventLoops loops = new EventLoops(IoKind.EPOLL, 1)) {
            ChannelHandlerContext context = connect(loops);
            ChannelHandlerContext neighbour = connect(loops);

            onLoop(context, () -> {
                Outbound one = outbound(loops, context);
                Outbound two = outbound(loops, neighbour);
                ByteBuf ones = one.get().writeByte('1');
                ByteBuf twos = two.get().writeByte('2');
                assertThat(twos).as("while the first gathers").isNotSameAs(ones);
                one.flush();
                two.flush();
                assertThat(two.get()).as("after that").isSameAs(ones);
                two.release();
                return one;
            });

            for (int sent : new int[] {'1', '2'}) {
                try (Socket reader = listening.accept()) {
                    assertThat(reader.getInputStream().read()).isEqualTo(sent);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void whatTheSocketDoesNotTakeIsKeptFromWhoGathersNext(IoKind kind) throws Exception {
        Assumptions.assumeTrue(kind.isAvailable());
        try (EventLoops loops = new EventLoops(kind, 1)) {
            ChannelHandlerContext context = connect(loops);
            try (Socket reader = listening.accept()) {
                // More than the system's buffers hold.
                byte[] much = new byte[16 * 1024 * 1024];
                Arrays.fill(much, (byte) 'm');

                onLoop(context, () -> {
                    Outbound outbound = outbound(loops, context);
                    outbound.write(much);
                    outbound.flush();
                    assertThat(outbound.backlogAtLastFlush()).isPositive().isEqualTo(outbound.backlog());
                    Outbound next = outbound(loops, context);
                    next.write(new byte[1000]);
                    next.flush();
                    return next;
                });

                assertThat(reader.getInputStream().readNBytes(much.length)).isEqualTo(much);
                assertThat(reader.getInputStream().readNBytes(1000)).containsOnly(0);
            }
        }
    }

    private Outbound outbound(EventLoops loops, ChannelHandlerContext context) {
        return new Outbound(loops.of(context.channel().eventLoop()), context, this);
    }

    private ChannelHandlerContext connect(EventLoops loops) throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(loops.group())
                .channel(loops.kind() == IoKind.EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(listening.getLocalSocketAddress())
                .sync()
                .channel();
        return channel.pipeline().lastContext();
    }

    private static <T> T onLoop(ChannelHandlerContext context, Callable<T> action) throws Exception {
        return context.channel().eventLoop().submit(action).get(20, TimeUnit.SECONDS);
    }
}
