package io.posthorn.loop;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A socket that was taken out of its channel, against a peer. */
class SocketWireTest implements Wire.Reader {
    private static final int MUCH = 8 * 1024 * 1024;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ChannelHandler handler = new ChannelInboundHandlerAdapter();
    private EventLoops loops;
    private ServerSocket listening;
    private Channel channel;
    private Socket peer;
    private Wire wire;

    @BeforeEach
    void take() throws Exception {
        Assumptions.assumeTrue(IoKind.EPOLL.isAvailable());
        loops = new EventLoops(IoKind.EPOLL, 1);
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        channel = connect(handler);
        peer = listening.accept();
        peer.setSoTimeout(20_000);
        CompletableFuture<Wire> taken = new CompletableFuture<>();
        onLoop(() -> {
            assertThat(SocketTakeover.isPossible(channel, handler)).isTrue();
            SocketTakeover.begin(channel, loop(), this, () -> told.add("departed"), taken::complete);
            return true;
        });
        wire = taken.get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        if (loops != null) {
            peer.close();
            listening.close();
            loops.close();
        }
    }

    @Override
    public void received(ByteBuffer bytes) {
        told.add(StandardCharsets.US_ASCII.decode(bytes).toString());
    }

    @Override
    public void readComplete() {}

    @Override
    public void gone() {
        told.add("gone");
    }

    @Test
    void whatComesReachesTheReaderAndThenTheEndDoes() throws Exception {
        send("hello");
        assertThat(next()).isEqualTo("hello");
        send("bye");
        assertThat(next()).isEqualTo("bye");
        peer.close();
        assertEnd();
        assertThat(channel.isRegistered()).isFalse();
    }

    @Test
    void aResetIsAnEnd() throws Exception {
        peer.setSoLinger(true, 0);
        peer.close();
        assertEnd();
    }

    @Test
    void whoeverReadsNoMoreGetsTheRestWithTheEnd() throws Exception {
        onLoop(() -> {
            wire.read(false);
            return true;
        });
        assertThat(wire.isReading()).isFalse();
        send("rest");
        peer.shutdownOutput();
        assertThat(next()).isEqualTo("rest");
        assertEnd();
    }

    @Test
    void whoeverReadsAgainGetsWhatCameMeanwhile() throws Exception {
        onLoop(() -> {
            wire.read(false);
            return true;
        });
        send("meanwhile");
        onLoop(() -> told.add("still held"));
        onLoop(() -> {
            wire.read(true);
            return true;
        });
        assertThat(next()).isEqualTo("still held");
        assertThat(next()).isEqualTo("meanwhile");
    }

    @Test
    void whatTheSocketDoesNotTakeLeavesWhenItHasRoomAndOurEndBehindIt() throws Exception {
        onLoop(() -> {
            wire.queue(Unpooled.directBuffer().writeZero(MUCH), () -> told.add("sent"));
            wire.queue(Unpooled.directBuffer().writeByte('!'), () -> told.add("sent too"));
            wire.halfClose();
            assertThat(wire.isClear()).isFalse();
            return true;
        });
        await().until(() -> onLoop(() -> wire.progress() > 0));
        byte[] all = peer.getInputStream().readAllBytes();
        assertThat(all).hasSize(MUCH + 1).endsWith('!');
        assertThat(next()).isEqualTo("sent");
        assertThat(next()).isEqualTo("sent too");
        send("heard");
        assertThat(next()).isEqualTo("heard");
        peer.close();
        assertEnd();
    }

    @Test
    void whatWaitsIsLostWithTheConnection() throws Exception {
        onLoop(() -> {
            wire.queue(Unpooled.directBuffer().writeZero(MUCH), () -> told.add("lost"));
            wire.close();
            wire.queue(Unpooled.directBuffer().writeZero(1), () -> told.add("lost at once"));
            wire.close();
            return true;
        });
        assertThat(next()).isEqualTo("lost at once");
        assertThat(next()).isEqualTo("lost");
        assertEnd();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whoeverReadsNoMoreBeforeItBeginsIsNotReadFor() throws Exception {
        Channel other = connect(new ChannelInboundHandlerAdapter());
        CompletableFuture<Wire> taken = new CompletableFuture<>();
        onLoop(() -> {
            SocketTakeover.begin(other, loop(), this, () -> told.add("departed"), early -> {
                early.read(false);
                taken.complete(early);
            });
            return true;
        });
        Wire held = taken.get(20, TimeUnit.SECONDS);
        assertThat(onLoop(held::isReading)).isFalse();
        onLoop(() -> {
            held.close();
            return true;
        });
        assertEnd();
    }

    @Test
    void aChannelWithAnotherHandlerKeepsItsSocket() throws Exception {
        Channel other = connect(new ChannelInboundHandlerAdapter());
        onLoop(() -> {
            ChannelHandler last = other.pipeline().last();
            assertThat(SocketTakeover.isPossible(other, last)).isTrue();
            other.pipeline().addFirst(new ChannelInboundHandlerAdapter());
            assertThat(SocketTakeover.isPossible(other, last)).isFalse();
            return other.close();
        });
    }

    @Test
    void itEndsWithItsLoop() throws Exception {
        loop().eventLoop().execute(this::keepTurning);
        loops.close();
        assertEnd();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }

    /** The loop is told to end in the midst of a turn. */
    private void keepTurning() {
        if (!loop().eventLoop().isShuttingDown()) {
            loop().eventLoop().execute(this::keepTurning);
        }
    }

    private Channel connect(ChannelHandler last) throws InterruptedException {
        return new Bootstrap()
                .group(loops.group())
                .channel(EpollSocketChannel.class)
                .handler(last)
                .connect(listening.getLocalSocketAddress())
                .sync()
                .channel();
    }

    private void assertEnd() throws InterruptedException {
        assertThat(next()).isEqualTo("gone");
        assertThat(next()).isEqualTo("departed");
        assertThat(told).isEmpty();
    }

    private void send(String text) throws Exception {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    private Loop loop() {
        return loops.all().get(0);
    }

    private <T> T onLoop(Callable<T> action) throws Exception {
        return loop().eventLoop().submit(action).get(20, TimeUnit.SECONDS);
    }
}
