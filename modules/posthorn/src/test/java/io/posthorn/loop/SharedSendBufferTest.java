package io.posthorn.loop;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class SharedSendBufferTest {
    private final SharedSendBuffer buffers = new SharedSendBuffer();

    @AfterEach
    void release() {
        buffers.release();
    }

    @Test
    void whoTakesItAfterItWasGivenBackFindsItEmpty() {
        ByteBuf first = take();
        first.writeLong(1);
        assertThat(buffers.giveBack(first)).isTrue();

        ByteBuf second = take();

        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isZero();
        buffers.giveBack(second);
    }

    @Test
    void itIsLentToOneAtATime() {
        ByteBuf lent = take();

        assertThat(buffers.tryTake()).isNull();

        buffers.giveBack(lent);
        assertThat(buffers.tryTake()).isSameAs(lent);
        buffers.giveBack(lent);
    }

    @Test
    void aBufferThatHasGrownForALargeMessageIsNotKept() {
        ByteBuf grown = take();
        grown.writeZero(SharedSendBuffer.CAPACITY + 1);

        assertThat(buffers.giveBack(grown)).isFalse();

        assertThat(grown.release()).isTrue();
        ByteBuf next = take();
        assertThat(next.capacity()).isEqualTo(SharedSendBuffer.CAPACITY);
        buffers.giveBack(next);
    }

    @Test
    void atTheLoopsEndWhoeverHasItReleasesIt() {
        ByteBuf lent = take();

        buffers.release();

        assertThat(buffers.tryTake()).isNull();
        assertThat(buffers.giveBack(lent)).isFalse();
        assertThat(lent.release()).isTrue();
    }

    private ByteBuf take() {
        return Objects.requireNonNull(buffers.tryTake());
    }
}
