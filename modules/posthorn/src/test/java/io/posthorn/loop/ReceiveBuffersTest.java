package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ReceiveBuffersTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final EmbeddedChannel neighbour = new EmbeddedChannel();
    private final Loop loop = new Loop(channel.eventLoop(), 0);

    @AfterEach
    void close() {
        loop.receiveBuffer().release();
        channel.close();
        neighbour.close();
    }

    @Test
    void aConnectionReadsIntoBuffersOfItsOwnAtFirst() {
        use(channel);
        use(neighbour);

        ByteBuf one = allocate(channel);
        ByteBuf two = allocate(neighbour);

        assertThat(one).isNotSameAs(two);
        assertThat(one.capacity()).isLessThan(SharedReceiveBuffer.CAPACITY);
        assertThat(one.release()).isTrue();
        assertThat(two.release()).isTrue();
    }

    @Test
    void connectionsThatShareReadIntoTheSameBufferOneAfterTheOther() {
        share(channel);
        share(neighbour);

        ByteBuf one = allocate(channel).writeLong(1);
        one.release();
        ByteBuf two = allocate(neighbour);

        assertThat(two).isSameAs(one);
        assertThat(two.readableBytes()).as("it is empty again").isZero();
        assertThat(two.writableBytes()).isEqualTo(SharedReceiveBuffer.CAPACITY);
        two.release();
    }

    @Test
    void aBufferThatIsStillHeldIsReplacedAndKeepsItsBytes() {
        share(channel);

        ByteBuf held = allocate(channel).writeLong(1);
        ByteBuf fresh = allocate(channel).writeLong(2);

        assertThat(fresh).isNotSameAs(held);
        assertThat(held.readLong()).isEqualTo(1);
        assertThat(held.release()).as("its holder was the last").isTrue();
        fresh.release();
        ByteBuf next = allocate(channel);
        assertThat(next).isSameAs(fresh);
        next.release();
    }

    @Test
    void aReadAfterTheLoopsEndOwnsItsBuffer() {
        share(channel);
        allocate(channel).release();
        loop.receiveBuffer().release();

        assertThat(allocate(channel).release()).isTrue();
    }

    @Test
    void aChannelWithAnotherAllocatorIsLeftAsItIs() {
        RecvByteBufAllocator before = channel.config().getRecvByteBufAllocator();

        ReceiveBuffers.share(channel, loop);

        assertThat((Object) channel.config().getRecvByteBufAllocator()).isSameAs(before);
        assertThat(allocate(channel).release()).isTrue();
    }

    @Test
    void aSocketOfEachKindReadsIntoTheSharedBufferOnceItShares() {
        List<Channel> sockets = new ArrayList<>(List.of(new NioSocketChannel()));
        if (IoKind.EPOLL.isAvailable()) {
            sockets.add(new EpollSocketChannel());
        }
        if (IoKind.IO_URING.isAvailable()) {
            sockets.add(new IoUringSocketChannel());
        }
        for (Channel socket : sockets) {
            socket.config().setRecvByteBufAllocator(new ReceiveBuffers(loop));
            ReceiveBuffers.share(socket, loop);

            ByteBuf buffer = socket.unsafe().recvBufAllocHandle().allocate(socket.alloc());

            assertThat(buffer.capacity()).as("%s", socket).isEqualTo(SharedReceiveBuffer.CAPACITY);
            buffer.release();
            socket.unsafe().closeForcibly();
        }
    }

    private void use(EmbeddedChannel user) {
        user.config().setRecvByteBufAllocator(new ReceiveBuffers(loop));
    }

    private void share(EmbeddedChannel user) {
        use(user);
        ReceiveBuffers.share(user, loop);
    }

    private static ByteBuf allocate(EmbeddedChannel user) {
        return user.unsafe().recvBufAllocHandle().allocate(ByteBufAllocator.DEFAULT);
    }
}
